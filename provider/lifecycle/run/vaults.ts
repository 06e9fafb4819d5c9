import type { Context } from "../../host/context.js";
import type { VaultInputs } from "../../vaults/definitions.js";

/**
 * A resource of this run's program has the vault, as one that it had before or as one that it has taken over.
 * Another resource that was the same vault, such as one that was renamed in the program, then goes without it.
 */
export const keepVault = ({ run }: Context, vaultId: string): void => {
  run.keptVaults.add(vaultId.toLowerCase());
};

/** The engine checks everything in the program before it deletes what has left it, and nothing where it destroys. */
export const isKeptVault = ({ run }: Context, vaultId: string): boolean => run.keptVaults.has(vaultId.toLowerCase());

/** A resource of the program will create the vault: until then it may be deleted, where it is replaced under its id. */
export const awaitVault = ({ run }: Context, vaultId: string): void => {
  run.keptVaults.delete(vaultId.toLowerCase());
  run.awaitedVaults.add(vaultId.toLowerCase());
};

/** A creation that was cut short is finished by this run: the vault of this resource may never have been there. */
export const awaitUnfinished = ({ run }: Context, vaultId: string): void => {
  run.awaitedVaults.add(vaultId.toLowerCase());
};

/** What is set on it may then refer to a vault that is not there yet. */
export const isAwaited = ({ run }: Context, vaultId: string): boolean => run.awaitedVaults.has(vaultId.toLowerCase());

/**
 * The vault will be deleted and made again under its id. The engine then has what depends on it deleted first, without
 * a look at `deletedWith`; but what belongs to the vault stays as long as the vault needs it, and goes with it.
 */
export const announceReplacement = ({ run }: Context, vaultId: string): void => {
  run.replacedVaults.add(vaultId.toLowerCase());
};

export const endReplacement = ({ run }: Context, vaultId: string): void => {
  run.replacedVaults.delete(vaultId.toLowerCase());
};

export const isBeingReplaced = ({ run }: Context, vaultId: string): boolean =>
  run.replacedVaults.has(vaultId.toLowerCase());

/**
 * During a refresh the engine calls `read` and then `diff`, with what `read` returned as the old side and nothing in
 * between; otherwise `check` always comes before `diff`. A `diff` that refuses would break the refresh just when
 * somebody locked a vault outside Pulumi, so `read` leaves a mark that the next `diff` of that vault takes away.
 */
export const markRead = ({ run }: Context, vaultId: string): void => {
  run.readVaults.add(vaultId.toLowerCase());
};

/** `check` is called: whatever comes next is no refresh. */
export const clearMark = ({ run }: Context, vaultId: string): void => {
  run.readVaults.delete(vaultId.toLowerCase());
};

/** True once after a `read`. */
export const takeMark = ({ run }: Context, vaultId: string): boolean => run.readVaults.delete(vaultId.toLowerCase());

/** One at a time for each vault of this run: several resources write the same ARM resource, each read-modify-write. */
export async function oneAtATime<T>({ run }: Context, vaultId: string, work: () => Promise<T>): Promise<T> {
  const key = vaultId.toLowerCase();
  const before = run.writes.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  run.writes.set(key, mine);
  try {
    return await mine;
  } finally {
    if (run.writes.get(key) === mine) run.writes.delete(key);
  }
}

/** Whether this run is at work on the vault. */
export const isBusy = ({ run }: Context, vaultId: string): boolean => run.writes.has(vaultId.toLowerCase());

/**
 * For one run, without an edit of the program: the ids of vaults that it may take over, separated by spaces or commas.
 * In a stack's configuration, `azure-backup:adopt` is one id or a list of them.
 */
export const adoptVariable = "AZURE_BACKUP_ADOPT";

/** Whether a vault that exists already may be taken over: the program says so, or somebody names it for this run. */
export function mayAdopt({ setting, env }: Context, { adopt, vaultId }: VaultInputs): boolean {
  if (adopt === true) return true;
  const named = [setting("adopt"), env[adoptVariable]].flatMap((text) => text?.match(anyId) ?? []);
  return named.some((id) => id.toLowerCase() === vaultId.toLowerCase());
}

/** A list in the configuration comes as JSON. */
const anyId = /\/subscriptions\/[^\s,;"'[\]]+/gi;

import type { Context } from "../../host/context.js";
import type { VaultInputs } from "../../vaults/definitions.js";

/**
 * A resource of this run's program has the vault: it had it before, or has adopted it. Another resource for the same vault,
 * such as one under an old name, is then deleted without the vault.
 */
export const keepVault = ({ run }: Context, vaultId: string): void => {
  run.keptVaults.add(vaultId.toLowerCase());
};

/** The engine checks the whole program before it deletes what was removed from it. In a destroy it checks nothing. */
export const isKeptVault = ({ run }: Context, vaultId: string): boolean => run.keptVaults.has(vaultId.toLowerCase());

/** A resource of the program will create the vault. Until then it may be deleted, if it is replaced under the same ID. */
export const awaitVault = ({ run }: Context, vaultId: string): void => {
  run.keptVaults.delete(vaultId.toLowerCase());
  run.awaitedVaults.add(vaultId.toLowerCase());
};

/** This run completes a creation that was interrupted: the vault may never have existed. */
export const awaitUnfinished = ({ run }: Context, vaultId: string): void => {
  run.awaitedVaults.add(vaultId.toLowerCase());
};

/** Whether other resources may refer to this vault although it does not exist yet. */
export const isAwaited = ({ run }: Context, vaultId: string): boolean => run.awaitedVaults.has(vaultId.toLowerCase());

/**
 * The vault will be deleted and created again under the same ID. The engine then deletes its dependents first, even with
 * `deletedWith`. But the vault needs its identities and its encryption until it is deleted, and they are deleted with it.
 */
export const announceReplacement = ({ run }: Context, vaultId: string): void => {
  run.replacedVaults.add(vaultId.toLowerCase());
};

export const endReplacement = ({ run }: Context, vaultId: string): void => {
  run.replacedVaults.delete(vaultId.toLowerCase());
};

export const isBeingReplaced = ({ run }: Context, vaultId: string): boolean =>
  run.replacedVaults.has(vaultId.toLowerCase());

/** What is replaced under its own ID is checked with its old half: the new half, which comes next, is still there. */
export const expectNewHalf = ({ run }: Context, id: string): void => {
  run.newHalves.add(id.toLowerCase());
};

/** True once after that. */
export const isNewHalf = ({ run }: Context, id: string): boolean => run.newHalves.delete(id.toLowerCase());

/**
 * In a refresh the engine calls `read` and then `diff`, with what `read` returned as the old inputs; otherwise `check` always
 * comes before `diff`. A `diff` that refuses would make the refresh fail when a vault was locked outside Pulumi, so `read`
 * leaves a mark, which the next `diff` of that vault removes.
 */
export const markRead = ({ run }: Context, vaultId: string): void => {
  run.readVaults.add(vaultId.toLowerCase());
};

/** Called by `check`: the next `diff` is not part of a refresh. */
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
    run.recent?.forget(vaultId);
  }
}

/** Whether this run is writing the vault. */
export const isBusy = ({ run }: Context, vaultId: string): boolean => run.writes.has(vaultId.toLowerCase());

/**
 * The IDs of vaults that one run may adopt without a change of the program, separated by spaces or commas.
 * In a stack's configuration, `azure-backup:adopt` is one ID or a list of IDs.
 */
export const adoptVariable = "AZURE_BACKUP_ADOPT";

/** Whether an existing vault may be adopted: the program sets `adopt`, or the vault is named for this run. */
export function mayAdopt(
  { setting, env }: Context,
  { adopt, vaultId }: Pick<VaultInputs, "adopt" | "vaultId">,
): boolean {
  if (adopt === true) return true;
  const named = [setting("adopt"), env[adoptVariable]].flatMap((text) => text?.match(anyId) ?? []);
  return named.some((id) => id.toLowerCase() === vaultId.toLowerCase());
}

/**
 * Also matches the IDs in a list, which the configuration provides as JSON. In the ID of a protected item, there are semicolons inside
 * of names.
 */
const anyId = /\/subscriptions\/(?:[^\s,;"'[\]]|;(?=[^\s,;"'[\]/]))+/gi;

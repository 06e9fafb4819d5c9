import type { Context } from "../../host/context.js";
import { perRun } from "../../host/perRun.js";

const kept = perRun(() => new Set<string>());
const awaited = perRun(() => new Set<string>());

/**
 * A resource of this run's program has the vault, as one that it had before or as one that it has taken over.
 * Another resource that was the same vault, such as one that was renamed in the program, then goes without it.
 */
export const keepVault = (context: Context, vaultId: string): void => {
  kept(context).add(vaultId.toLowerCase());
};

/** A resource of the program will create the vault: until then it may be deleted, where it is replaced under its id. */
export const awaitVault = (context: Context, vaultId: string): void => {
  kept(context).delete(vaultId.toLowerCase());
  awaited(context).add(vaultId.toLowerCase());
};

/** A creation that was cut short is finished by this run: the vault of this resource may never have been there. */
export const awaitUnfinished = (context: Context, vaultId: string): void => {
  awaited(context).add(vaultId.toLowerCase());
};

/** What is set on it may then refer to a vault that is not there yet. */
export const isAwaited = (context: Context, vaultId: string): boolean => awaited(context).has(vaultId.toLowerCase());

/** The engine checks everything in the program before it deletes what has left it, and nothing where it destroys. */
export const isKept = (context: Context, vaultId: string): boolean => kept(context).has(vaultId.toLowerCase());

import type { Context } from "../../host/context.js";
import { perRun } from "../../host/perRun.js";

const replaced = perRun(() => new Set<string>());

/**
 * The vault will be deleted and made again under its id. The engine then has what depends on it deleted first, without
 * a look at `deletedWith`; but what belongs to the vault stays as long as the vault needs it, and goes with it.
 */
export const announceReplacement = (context: Context, vaultId: string): void => {
  replaced(context).add(vaultId.toLowerCase());
};

export const endReplacement = (context: Context, vaultId: string): void => {
  replaced(context).delete(vaultId.toLowerCase());
};

export const isBeingReplaced = (context: Context, vaultId: string): boolean =>
  replaced(context).has(vaultId.toLowerCase());

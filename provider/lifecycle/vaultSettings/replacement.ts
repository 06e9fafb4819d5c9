const replaced = new Set<string>();

/**
 * The vault will be deleted and made again under its id. The engine then has what depends on it deleted first, without
 * a look at `deletedWith`; but what belongs to the vault stays as long as the vault needs it, and goes with it.
 */
export const announceReplacement = (vaultId: string): void => {
  replaced.add(vaultId.toLowerCase());
};

export const endReplacement = (vaultId: string): void => {
  replaced.delete(vaultId.toLowerCase());
};

export const isBeingReplaced = (vaultId: string): boolean => replaced.has(vaultId.toLowerCase());

/**
 * During a refresh the engine calls `read` and then `diff`, with what `read` returned as the old side and nothing in
 * between; otherwise `check` always comes before `diff`. A `diff` that refuses would break the refresh just when
 * somebody locked a vault outside Pulumi, so `read` leaves a mark that the next `diff` of that vault takes away.
 */
const justRead = new Set<string>();

export const markRead = (vaultId: string): void => {
  justRead.add(vaultId.toLowerCase());
};

/** `check` is called: whatever comes next is no refresh. */
export const clearMark = (vaultId: string): void => {
  justRead.delete(vaultId.toLowerCase());
};

/** True once after a `read`. */
export const takeMark = (vaultId: string): boolean => justRead.delete(vaultId.toLowerCase());

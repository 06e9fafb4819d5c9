/**
 * What Azure's `protectionState` means. In the first two and with an error the item is backed up by its policy, although its first backup
 * is still to come or the last one failed.
 * https://learn.microsoft.com/rest/api/backup/protected-items/get#protectionstate
 */
const states: Record<string, "protected" | "stopped" | "suspended"> = {
  Protected: "protected",
  IRPending: "protected",
  ProtectionError: "protected",
  ProtectionStopped: "stopped",
  ProtectionPaused: "stopped",
  BackupsSuspended: "suspended",
};

/** Undefined: a state that this version does not know, or none. */
export const kindOfItemState = (state: unknown) => states[String(state)];

export const isProtectedItem = (state: unknown): boolean => kindOfItemState(state) === "protected";

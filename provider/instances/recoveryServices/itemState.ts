import { entryOf, spelledAs } from "../../vaults/values.js";

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
export const kindOfItemState = (state: unknown) => entryOf(states, state);

/** In Microsoft's spelling. A state that this version does not know stays as it is. */
export const spelledItemState = (shown: string): string => spelledAs({ values: Object.keys(states) }, shown);

export const isProtectedItem = (state: unknown): boolean => kindOfItemState(state) === "protected";

/** What Azure shows of a soft-deleted item. */
export interface SoftDeleted {
  /** When it was deleted. */
  deferredDeleteTimeInUTC?: string;
  /** In days. The second is the specification's name for it. */
  softDeleteRetentionPeriod?: number;
  softDeleteRetentionPeriodInDays?: number;
}

/**
 * When its backups will be purged. Azure shows when the item was deleted, and for how long soft delete keeps it; without that, Microsoft's
 * own client assumes 14 days: https://github.com/Azure/azure-powershell, AzureFileShareItem.cs
 */
export function purgeTimeOf(item: SoftDeleted): string | undefined {
  const deletedAt = Date.parse(item.deferredDeleteTimeInUTC ?? "");
  if (Number.isNaN(deletedAt)) return undefined;
  const days = item.softDeleteRetentionPeriod ?? item.softDeleteRetentionPeriodInDays ?? 14;
  return new Date(deletedAt + days * 86_400_000).toISOString();
}

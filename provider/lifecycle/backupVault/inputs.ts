import type { VaultInputs, VaultSettings } from "../vault/vaultInputs.js";

/**
 * A Backup vault's arguments in canonical form, as `check` hands them on and state keeps them. Any leaf may be the
 * engine's text for "not known yet" in a preview. The same shape describes a live vault, so that both are compared
 * and judged in one way.
 */
export interface BackupVaultInputs extends BackupVaultSettings, VaultInputs {}

export interface BackupVaultSettings extends VaultSettings {
  datastoreType?: string;
  softDelete?: { state?: string; retentionDurationInDays?: number };
}

/** What decides which vault it is, and what Azure has no way to change on one. Another value means another vault. */
export const fixedAtCreation = [
  "vaultName",
  "resourceGroupName",
  "subscriptionId",
  "location",
  "datastoreType",
] as const satisfies readonly (keyof BackupVaultSettings)[];

/** What can be written to an existing vault and read back from it. */
export const writable = [
  "redundancy",
  "softDelete",
  "immutability",
  "crossRegionRestore",
  "crossSubscriptionRestore",
  "alertsForAllJobFailures",
  "costManagementGranularity",
  "identity",
  "encryption",
  "tags",
] as const satisfies readonly (keyof BackupVaultSettings)[];

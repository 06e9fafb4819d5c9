import { returning } from "../vault/removed.js";
import type { BackupVaultInputs } from "./inputs.js";

const defaults: Partial<BackupVaultInputs> = {
  // https://learn.microsoft.com/azure/backup/secure-by-default
  softDelete: { state: "On", retentionDurationInDays: 14 },
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  // "enabled for existing vaults by default": https://learn.microsoft.com/azure/backup/create-manage-backup-vault
  crossSubscriptionRestore: "Enabled",
  identity: { type: "None" },
  tags: {},
};

/** Adds Azure's defaults for what `olds` set and `inputs` no longer do. Says which are left as they are. */
export const returnRemovedToDefault = returning<BackupVaultInputs>(defaults, [
  "alertsForAllJobFailures",
  "costManagementGranularity",
]);

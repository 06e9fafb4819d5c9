import { returning } from "../vault/removed.js";
import type { RecoveryServicesVaultInputs } from "./inputs.js";

const defaults: Partial<RecoveryServicesVaultInputs> = {
  // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
  redundancy: "GeoRedundant",
  // https://learn.microsoft.com/azure/backup/secure-by-default
  softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 14 },
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
  publicNetworkAccess: "Enabled",
  identity: { type: "None" },
  tags: {},
};

/** Adds Azure's defaults for what `olds` set and `inputs` no longer do. Says which are left as they are. */
export const returnRemovedToDefault = returning<RecoveryServicesVaultInputs>(defaults, [
  "sku",
  "immutabilityConfiguration",
  "alertsForAllJobFailures",
  "alertsForAllReplicationIssues",
  "alertsForAllFailoverIssues",
  "classicAlerts",
  "costManagementGranularity",
]);

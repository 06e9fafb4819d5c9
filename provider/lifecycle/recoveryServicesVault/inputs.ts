import type { VaultInputs, VaultSettings } from "../vault/vaultInputs.js";

/**
 * A Recovery Services vault's arguments in canonical form, as `check` hands them on and state keeps them. The same shape
 * describes a live vault.
 */
export interface RecoveryServicesVaultInputs extends RecoveryServicesVaultSettings, VaultInputs {}

export interface RecoveryServicesVaultSettings extends VaultSettings {
  sku?: { name: string; tier?: string };
  softDelete?: { state?: string; enhancedSecurityState?: string; retentionDurationInDays?: number };
  immutabilityConfiguration?: { type?: string; durationInDays?: number };
  publicNetworkAccess?: string;
  alertsForAllReplicationIssues?: string;
  alertsForAllFailoverIssues?: string;
  classicAlerts?: { alertsForCriticalOperations?: string; emailNotificationsForSiteRecovery?: string };
}

export const fixedAtCreation = [
  "vaultName",
  "resourceGroupName",
  "subscriptionId",
  "location",
] as const satisfies readonly (keyof RecoveryServicesVaultSettings)[];

export const writable = [
  "sku",
  "redundancy",
  "crossRegionRestore",
  "softDelete",
  "immutability",
  "immutabilityConfiguration",
  "crossSubscriptionRestore",
  "publicNetworkAccess",
  "alertsForAllJobFailures",
  "alertsForAllReplicationIssues",
  "alertsForAllFailoverIssues",
  "classicAlerts",
  "costManagementGranularity",
  "identity",
  "encryption",
  "tags",
] as const satisfies readonly (keyof RecoveryServicesVaultSettings)[];

import type { RecoveryServicesVaultInputs } from "./inputs.js";

/**
 * What Azure has where nothing was ever set. Removing an argument that was set means going back to it: `check` writes
 * it into the inputs, so that it is judged, shown in the preview and written like any other change.
 */
const defaults: Partial<RecoveryServicesVaultInputs> = {
  // https://learn.microsoft.com/azure/backup/secure-by-default
  softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 14 },
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
  publicNetworkAccess: "Enabled",
  identity: { type: "None" },
  tags: {},
};

/** Azure documents no default for these: removing one only ends our care for it. */
const noDefault = [
  "sku",
  "redundancy",
  "immutabilityConfiguration",
  "alertsForAllJobFailures",
  "alertsForAllReplicationIssues",
  "alertsForAllFailoverIssues",
  "classicAlerts",
  "costManagementGranularity",
] as const;

export function returnRemovedToDefault(
  olds: Partial<RecoveryServicesVaultInputs>,
  inputs: RecoveryServicesVaultInputs,
): { inputs: RecoveryServicesVaultInputs; leftAlone: string[] } {
  const returned: Record<string, unknown> = { ...inputs };
  for (const [name, value] of Object.entries(defaults)) {
    if (olds[name as keyof RecoveryServicesVaultInputs] !== undefined) returned[name] ??= value;
  }
  if (olds.softDelete !== undefined && typeof inputs.softDelete === "object") {
    const kept = Object.keys(olds.softDelete) as (keyof typeof olds.softDelete)[];
    const back = Object.fromEntries(kept.map((field) => [field, defaults.softDelete?.[field]]));
    returned.softDelete = { ...back, ...inputs.softDelete };
  }
  if (olds.encryption?.infrastructureEncryption !== undefined && typeof inputs.encryption === "object") {
    returned.encryption = { infrastructureEncryption: "Disabled", ...inputs.encryption };
  }
  const leftAlone = noDefault.filter((name) => olds[name] !== undefined && inputs[name] === undefined);
  return { inputs: returned as unknown as RecoveryServicesVaultInputs, leftAlone };
}

import type { BackupVaultInputs } from "./inputs.js";

/**
 * What Azure has where nothing was ever set. Removing an argument that was set means going back to it: `check` writes
 * it into the inputs, so that it is judged, shown in the preview and written like any other change.
 */
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

/** Azure documents no default for these: removing one only ends our care for it. */
const noDefault = ["alertsForAllJobFailures", "costManagementGranularity"] as const;

/** Adds Azure's defaults for what `olds` set and `inputs` no longer do. Says which are left as they are. */
export function returnRemovedToDefault(
  olds: Partial<BackupVaultInputs>,
  inputs: BackupVaultInputs,
): { inputs: BackupVaultInputs; leftAlone: string[] } {
  const returned: Record<string, unknown> = { ...inputs };
  for (const [name, value] of Object.entries(defaults)) {
    if (olds[name as keyof BackupVaultInputs] !== undefined) returned[name] ??= value;
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
  return { inputs: returned as unknown as BackupVaultInputs, leftAlone };
}

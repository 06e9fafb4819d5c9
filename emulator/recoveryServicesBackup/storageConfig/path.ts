import type { ArmResource } from "../../armResource.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { vaultPath } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";

export const storageConfigPath = `${vaultPath}/backupstorageconfig/vaultstorageconfig` as const;

export function showStorageConfig(vault: RecoveryServicesVaultRecord): ArmResource {
  const { redundancy, crossRegionRestore } = vaultSettings(vault.body);
  return {
    id: `${vault.body.id}/backupstorageconfig/vaultstorageconfig`,
    name: "vaultstorageconfig",
    type: "Microsoft.RecoveryServices/vaults/backupstorageconfig",
    properties: {
      storageModelType: redundancy,
      storageType: redundancy,
      storageTypeState: storageTypeState(vault),
      crossRegionRestoreFlag: crossRegionRestore === "Enabled",
      dedupState: "Disabled",
      xcoolState: "Disabled",
    },
  };
}

/** "Once a machine is registered against a resource, the storageTypeState is always Locked." */
export function storageTypeState({ everRegistered }: RecoveryServicesVaultRecord): "Locked" | "Unlocked" {
  return everRegistered ? "Locked" : "Unlocked";
}

import type { ArmResource } from "../../armResource.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { vaultPath } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";
import { storageTypeState } from "../storageConfig/path.js";

export const vaultConfigPath = `${vaultPath}/backupconfig/vaultconfig` as const;

export function showVaultConfig(vault: RecoveryServicesVaultRecord): ArmResource {
  const { redundancy, softDelete, enhancedSecurity, softDeleteRetentionPeriodInDays } = vaultSettings(vault.body);
  return {
    id: `${vault.body.id}/backupconfig/vaultconfig`,
    name: "vaultconfig",
    type: "Microsoft.RecoveryServices/vaults/backupconfig",
    properties: {
      storageModelType: redundancy,
      storageType: redundancy,
      storageTypeState: storageTypeState(vault),
      enhancedSecurityState: enhancedSecurity,
      softDeleteFeatureState: softDelete,
      softDeleteRetentionPeriodInDays,
      isSoftDeleteFeatureStateEditable: softDelete !== "AlwaysON",
    },
  };
}

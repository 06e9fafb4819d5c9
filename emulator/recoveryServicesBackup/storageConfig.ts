import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { oneOf } from "../arm/settable.js";
import { resourceGuardsOf } from "../dataProtection/guardConsent.js";
import { invalidParameter, recoveryError } from "../recoveryServices/recoveryError.js";
import { crossRegionRestoreNeedsGeo, crossRegionRestoreStays, redundancy } from "../recoveryServices/storageRules.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import { refuseForbidden } from "../recoveryServices/vaultRules.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";

const storageConfigPath = `${vaultPath}/backupstorageconfig/vaultstorageconfig` as const;

function showStorageConfig(vault: RecoveryServicesVaultRecord): ArmResource {
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

const get = operation({
  name: "BackupResourceStorageConfigsNonCRR_Get",
  method: "GET",
  path: storageConfigPath,
  answer: (call) => ok(showStorageConfig(requireVault(call))),
});

const update = operation({
  name: "BackupResourceStorageConfigsNonCRR_Update",
  method: "PUT",
  path: storageConfigPath,
  answer: (call) => ok(showStorageConfig(writeStorageConfig(call))),
});

const patch = operation({
  name: "BackupResourceStorageConfigsNonCRR_Patch",
  method: "PATCH",
  path: storageConfigPath,
  answer(call) {
    writeStorageConfig(call);
    return noContent;
  },
});

const shape = {
  properties: { storageModelType: "string", storageType: "string", crossRegionRestoreFlag: "boolean" },
} as const;

const rules = [redundancy, crossRegionRestoreNeedsGeo, crossRegionRestoreStays];

const redundancies = ["LocallyRedundant", "GeoRedundant", "ZoneRedundant"];

/** The other way to write a vault's redundancy: it ends where the vault's own API has been used. */
function writeStorageConfig(call: VaultCall & Call): RecoveryServicesVaultRecord {
  const vault = requireVault(call);
  const { properties } = requestBody(call.request, shape);
  if (properties === undefined) throw invalidParameter("properties");
  if (vault.vaultApiWrote.redundancy) throw useVaultApi();
  const before = vaultSettings(vault.body);
  const standardTierStorageRedundancy = redundancyOf(properties) ?? before.redundancy;
  const crossRegionRestore = toggle(properties.crossRegionRestoreFlag) ?? before.crossRegionRestore;
  const after = { ...before, redundancy: standardTierStorageRedundancy, crossRegionRestore };
  const resourceGuards = resourceGuardsOf(call);
  refuseForbidden({ name: vault.body.name, before, after, vault, resourceGuards }, rules);
  const redundancySettings = { standardTierStorageRedundancy, crossRegionRestore };
  vault.body = { ...vault.body, properties: { ...vault.body.properties, redundancySettings } };
  return vault;
}

function redundancyOf({ storageModelType, storageType }: ArmResource): string | undefined {
  const given = storageModelType ?? storageType;
  if (given === undefined) return undefined;
  return oneOf("storageModelType", redundancies, given, (fact) => invalidParameter("storageModelType", fact));
}

function toggle(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined;
  return flag ? "Enabled" : "Disabled";
}

// Quoted in Azure/bicep-registry-modules#5156.
function useVaultApi() {
  return recoveryError(
    400,
    "BMSUserErrorRedundancySettingsUseVaultApi",
    "Redundancy settings for this vault cannot be modified using this API. Since the Vault API was previously used to " +
      "update the redundancy settings for this vault, you must again use the Vault API to make any further changes to " +
      "this property.",
  );
}

export const storageConfig = [get, update, patch];

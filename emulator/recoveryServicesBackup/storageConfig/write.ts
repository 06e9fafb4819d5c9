import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { oneOf } from "../../http/settable.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { invalidParameter, recoveryError } from "../../recoveryServices/recoveryError.js";
import {
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
} from "../../recoveryServices/rules/crossRegionRestore.js";
import { refuseForbidden } from "../../recoveryServices/rules/index.js";
import { redundancy } from "../../recoveryServices/rules/redundancy.js";
import { requireVault, type VaultCall } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";

const shape = {
  properties: { storageModelType: "string", storageType: "string", crossRegionRestoreFlag: "boolean" },
} as const;

const rules = [redundancy, crossRegionRestoreNeedsGeo, crossRegionRestoreStays];

const redundancies = ["LocallyRedundant", "GeoRedundant", "ZoneRedundant"];

/** The other way to write a vault's redundancy: it ends where the vault's own API has been used. */
export function writeStorageConfig(call: VaultCall & Call): RecoveryServicesVaultRecord {
  const vault = requireVault(call);
  const { properties } = requestBody(call.request, shape);
  if (properties === undefined) throw invalidParameter("properties");
  if (vault.vaultApiWrote.redundancy) throw useVaultApi();
  const before = vaultSettings(vault.body);
  const standardTierStorageRedundancy = redundancyOf(properties) ?? before.redundancy;
  const crossRegionRestore = toggle(properties.crossRegionRestoreFlag) ?? before.crossRegionRestore;
  const after = { ...before, redundancy: standardTierStorageRedundancy, crossRegionRestore };
  const { resourceGuards } = call.world;
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

import { type Call, ok, operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { oneOf } from "../arm/settable.js";
import { resourceGuardsOf } from "../dataProtection/guardConsent.js";
import { invalidParameter, recoveryError } from "../recoveryServices/recoveryError.js";
import { softDeleteAlwaysOn, softDeleteOff, softDeleteRetention } from "../recoveryServices/softDeleteRules.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import { softDeleteStates } from "../recoveryServices/vaultRequest.js";
import { refuseForbidden } from "../recoveryServices/vaultRules.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { storageTypeState } from "./storageConfig.js";

const vaultConfigPath = `${vaultPath}/backupconfig/vaultconfig` as const;

function showVaultConfig(vault: RecoveryServicesVaultRecord): ArmResource {
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

const get = operation({
  name: "BackupResourceVaultConfigs_Get",
  method: "GET",
  path: vaultConfigPath,
  answer: (call) => ok(showVaultConfig(requireVault(call))),
});

const update = operation({
  name: "BackupResourceVaultConfigs_Update",
  method: "PATCH",
  path: vaultConfigPath,
  answer: (call) => written(call),
});

const put = operation({
  name: "BackupResourceVaultConfigs_Put",
  method: "PUT",
  path: vaultConfigPath,
  answer: (call) => written(call),
});

const shape = {
  properties: {
    softDeleteFeatureState: "string",
    enhancedSecurityState: "string",
    softDeleteRetentionPeriodInDays: "number",
  },
} as const;

const rules = [softDeleteOff, softDeleteAlwaysOn, softDeleteRetention];

/** The other way to write a vault's soft delete: it ends where the vault's own API has been used. */
function written(call: VaultCall & Call): Reply {
  const vault = requireVault(call);
  const { properties } = requestBody(call.request, shape);
  if (properties === undefined) throw invalidParameter("properties");
  const security = vault.body.properties.securitySettings;
  const given = softDeleteSettings(properties, security.softDeleteSettings);
  if (Object.keys(given).length > 0 && vault.vaultApiWrote.softDelete) throw useVaultApi();
  const before = vaultSettings(vault.body);
  const softDelete = { ...security.softDeleteSettings, ...given };
  const body = {
    ...vault.body,
    properties: { ...vault.body.properties, securitySettings: { ...security, softDeleteSettings: softDelete } },
  };
  const resourceGuards = resourceGuardsOf(call);
  refuseForbidden({ name: body.name, before, after: vaultSettings(body), vault, resourceGuards }, rules);
  vault.body = body;
  return ok(showVaultConfig(vault));
}

function softDeleteSettings(properties: ArmResource, held: ArmResource): ArmResource {
  const state = (name: string, before: string) => {
    const wanted = oneOf(name, softDeleteStates, properties[name], (fact) => invalidParameter(name, fact));
    // azurerm writes Enabled to vaults that Azure made AlwaysON, and its users see that accepted.
    return wanted === "Enabled" && before === "AlwaysON" ? before : wanted;
  };
  const { softDeleteFeatureState: softDelete, enhancedSecurityState, softDeleteRetentionPeriodInDays } = properties;
  return {
    ...(softDelete !== undefined && { softDeleteState: state("softDeleteFeatureState", held.softDeleteState) }),
    ...(enhancedSecurityState !== undefined && {
      enhancedSecurityState: state("enhancedSecurityState", held.enhancedSecurityState),
    }),
    ...(softDeleteRetentionPeriodInDays !== undefined && { softDeleteRetentionPeriodInDays }),
  };
}

// Quoted in Azure/bicep-registry-modules#7292: so also where the values are those that the vault has.
function useVaultApi() {
  return recoveryError(
    400,
    "BMSUserErrorSoftDeleteUseVaultApi",
    "Soft delete state for this vault cannot be modified using this API. Since the Vault API was previously used to " +
      "update the soft delete property for this vault, you must again use the Vault API to make any further changes to " +
      "this property.",
  );
}

export const vaultConfig = [get, put, update];

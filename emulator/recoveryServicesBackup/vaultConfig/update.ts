import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { operation } from "../../http/operation.js";
import { ok, type Reply } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { oneOf } from "../../http/settable.js";
import { invalidParameter, recoveryError } from "../../recoveryServices/recoveryError.js";
import { refuseForbidden } from "../../recoveryServices/rules/index.js";
import { softDeleteAlwaysOn, softDeleteOff, softDeleteRetention } from "../../recoveryServices/rules/softDelete.js";
import { requireVault, type VaultCall } from "../../recoveryServices/vaultPath.js";
import { softDeleteStates } from "../../recoveryServices/vaultRequest.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";
import { showVaultConfig, vaultConfigPath } from "./path.js";

export const update = operation({
  name: "BackupResourceVaultConfigs_Update",
  method: "PATCH",
  path: vaultConfigPath,
  answer: (call) => written(call),
});

export const put = operation({
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
  const { resourceGuards } = call.world;
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

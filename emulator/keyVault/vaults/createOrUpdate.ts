import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { keyVaultType } from "../records.js";
import { findKeyVault, keyVaultId, keyVaultPath } from "./path.js";
import { keyVaultShape } from "./shape.js";

export const createOrUpdate = operation({
  name: "Vaults_CreateOrUpdate",
  method: "PUT",
  path: keyVaultPath,
  answer(call) {
    const existing = findKeyVault(call);
    const given = requestBody(call.request, keyVaultShape);
    const { vaultName: name } = call.params;
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    refuseName(name);
    const id = keyVaultId(call);
    const [elsewhere] = [...call.world.keyVaults.values()].filter(
      ({ body }) => body.name.toLowerCase() === name.toLowerCase() && body.id.toLowerCase() !== id.toLowerCase(),
    );
    if (elsewhere !== undefined) {
      throw new ArmError(409, "VaultAlreadyExists", `The vault name '${name}' is already in use.`);
    }
    const body = {
      id: existing?.body.id ?? id,
      name: existing?.body.name ?? name,
      type: keyVaultType,
      location: existing?.body.location ?? normalLocation(String(given.location)),
      tags: given.tags ?? {},
      properties: keyVaultProperties(name, given.properties ?? {}, existing?.body.properties),
    };
    const record = existing ?? { body, keys: new Map() };
    record.body = body;
    call.world.keyVaults.set(id.toLowerCase(), record);
    return { status: existing === undefined ? 201 : 200, body };
  },
});

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
function refuseName(name: string): void {
  if (/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(name) && !name.includes("--")) return;
  throw new ArmError(
    400,
    "VaultNameNotValid",
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must ` +
      "begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
  );
}

// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
export function keyVaultProperties(name: string, given: ArmResource, before?: ArmResource): ArmResource {
  if (before?.enableSoftDelete && given.enableSoftDelete === false) throw irreversible("enableSoftDelete");
  if (given.enablePurgeProtection === false) throw irreversible("enablePurgeProtection");
  return {
    sku: { family: "A", name: "standard", ...given.sku },
    tenantId: given.tenantId,
    accessPolicies: given.accessPolicies ?? before?.accessPolicies ?? [],
    enableSoftDelete: given.enableSoftDelete ?? before?.enableSoftDelete ?? true,
    softDeleteRetentionInDays: given.softDeleteRetentionInDays ?? before?.softDeleteRetentionInDays ?? 90,
    ...((given.enablePurgeProtection || before?.enablePurgeProtection) && { enablePurgeProtection: true }),
    enableRbacAuthorization: given.enableRbacAuthorization ?? before?.enableRbacAuthorization ?? false,
    enabledForDeployment: given.enabledForDeployment ?? false,
    ...(given.networkAcls && {
      networkAcls: {
        bypass: "AzureServices",
        defaultAction: "Allow",
        ipRules: [],
        virtualNetworkRules: [],
        ...given.networkAcls,
      },
    }),
    publicNetworkAccess: given.publicNetworkAccess ?? before?.publicNetworkAccess ?? "Enabled",
    vaultUri: `https://${name.toLowerCase()}.vault.azure.net/`,
    provisioningState: "Succeeded",
  };
}

function irreversible(property: string): ArmError {
  const message = `The property "${property}" cannot be set to false. Enabling it is an irreversible action.`;
  return new ArmError(400, "BadRequest", message);
}

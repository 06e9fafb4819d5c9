import { ArmError } from "../arm/armError.js";
import { normalLocation } from "../arm/locations.js";
import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { type Shape, tracked } from "../arm/shape.js";
import type { KeyVaultRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { accessPoliciesShape, changePolicies } from "./accessPolicies.js";
import { findStore, requireStore, showStore, storeId, storePath } from "./storeOperations.js";
import { isNameTaken, resourceType } from "./stores.js";
import { irreversible, isVaultName, networkAclsShape, networkRules, recoverOrRefuse } from "./storeWrites.js";

const createOrUpdate = operation({
  name: "Vaults_CreateOrUpdate",
  method: "PUT",
  path: storePath("vaults"),
  answer(call) {
    const existing = findStore(call, "vaults");
    const given = requestBody(call.request, keyVaultShape);
    const { storeName: name } = call.params;
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    if (!isVaultName(name)) throw invalidName(name);
    const id = storeId(call, "vaults");
    if (existing === undefined) {
      const recovered = recoverOrRefuse(call.world, "vaults", name, id, given.properties?.createMode);
      if (recovered !== undefined) return { status: 201, body: showStore(call, recovered) };
    }
    const before = existing?.body;
    const body = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: resourceType("vaults"),
      location: before?.location ?? normalLocation(String(given.location)),
      tags: given.tags ?? {},
      properties: keyVaultProperties(given.properties ?? {}, before?.properties),
    };
    const nobody = { ...body, properties: { accessPolicies: [] } };
    const record: KeyVaultRecord = existing ?? { body: nobody, keys: new Map(), deletedKeys: new Map() };
    changePolicies(call, record, body.properties.accessPolicies);
    record.body = body;
    call.world.keyVaults.set(id.toLowerCase(), record);
    return { status: existing === undefined ? 201 : 200, body: showStore(call, record) };
  },
});

function invalidName(name: string): ArmError {
  return new ArmError(
    400,
    "VaultNameNotValid",
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must ` +
      "begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
  );
}

const update = operation({
  name: "Vaults_Update",
  method: "PATCH",
  path: storePath("vaults"),
  answer(call) {
    const record = requireStore(call, "vaults");
    const given = requestBody(call.request, keyVaultShape);
    const before = record.body.properties;
    const properties = keyVaultProperties({ ...without(before), ...given.properties }, before);
    changePolicies(call, record, properties.accessPolicies);
    record.body = { ...record.body, tags: given.tags ?? record.body.tags, properties };
    return ok(showStore(call, record));
  },
});

/** It refuses false, which is also what stands for "never set". */
function without({ enablePurgeProtection: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

const checkNameAvailability = operation({
  name: "Vaults_CheckNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability",
  answer(call) {
    requireSubscription(call);
    const name = String(requestBody(call.request, { name: "string", type: "string" }).name ?? "");
    if (!isVaultName(name)) {
      return ok({ nameAvailable: false, reason: "AccountNameInvalid", message: `The name '${name}' is not valid.` });
    }
    if (!isNameTaken(call.world, "vaults", name)) return ok({ nameAvailable: true });
    const message = `The name '${name}' is already in use.`;
    return ok({ nameAvailable: false, reason: "AlreadyExists", message });
  },
});

// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
function keyVaultProperties(given: ArmResource, before?: ArmResource): ArmResource {
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
    enabledForDiskEncryption: given.enabledForDiskEncryption ?? before?.enabledForDiskEncryption ?? false,
    enabledForTemplateDeployment: given.enabledForTemplateDeployment ?? before?.enabledForTemplateDeployment ?? false,
    ...networkRules(given, before),
    provisioningState: "Succeeded",
  };
}

const keyVaultShape = {
  ...tracked,
  properties: {
    sku: { name: "string", family: "string" },
    tenantId: "string",
    accessPolicies: accessPoliciesShape,
    enableSoftDelete: "boolean",
    softDeleteRetentionInDays: "number",
    enablePurgeProtection: "boolean",
    enableRbacAuthorization: "boolean",
    enabledForDeployment: "boolean",
    enabledForDiskEncryption: "boolean",
    enabledForTemplateDeployment: "boolean",
    createMode: "string",
    networkAcls: networkAclsShape,
    publicNetworkAccess: "string",
  },
} as const satisfies Shape;

export const keyVaults = [createOrUpdate, update, checkNameAvailability];

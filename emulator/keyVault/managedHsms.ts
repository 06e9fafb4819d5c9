import { ArmError } from "../arm/armError.js";
import { normalLocation } from "../arm/locations.js";
import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { type Shape, tracked } from "../arm/shape.js";
import type { ManagedHsmRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { administrator, localAssignment } from "./localRoles.js";
import { findStore, requireStore, showStore, storeId, storePath } from "./storeOperations.js";
import { isNameTaken, resourceType } from "./stores.js";
import { irreversible, isVaultName, networkAclsShape, networkRules, recoverOrRefuse } from "./storeWrites.js";

/** A new one is activated already: there is no security domain to download first. */
const createOrUpdate = operation({
  name: "ManagedHsms_CreateOrUpdate",
  method: "PUT",
  path: storePath("managedHSMs"),
  answer(call) {
    const existing = findStore(call, "managedHSMs");
    const given = requestBody(call.request, managedHsmShape);
    const { storeName: name } = call.params;
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    if (!isVaultName(name)) {
      const message = `The managed HSM name '${name}' is invalid. Azure's own code is not documented.`;
      throw new ArmError(400, "EmulatorUnverifiedManagedHsmName", message);
    }
    const id = storeId(call, "managedHSMs");
    if (existing === undefined) {
      const recovered = recoverOrRefuse(call.world, "managedHSMs", name, id, given.properties?.createMode);
      if (recovered !== undefined) return { status: 200, body: showStore(call, recovered) };
      refuseWithoutAdministrator(given.properties?.initialAdminObjectIds);
    }
    const before = existing?.body;
    const body = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: resourceType("managedHSMs"),
      location: before?.location ?? normalLocation(String(given.location)),
      sku: before?.sku ?? { family: "B", name: "Standard_B1", ...given.sku },
      tags: given.tags ?? {},
      properties: managedHsmProperties(given.properties ?? {}, before?.properties),
    };
    const record: ManagedHsmRecord = existing ?? newHsm(body);
    record.body = body;
    call.world.managedHsms.set(id.toLowerCase(), record);
    return { status: 200, body: showStore(call, record) };
  },
});

function newHsm(body: ManagedHsmRecord["body"]): ManagedHsmRecord {
  const administrators: string[] = body.properties.initialAdminObjectIds;
  const assignments = administrators.map((principalId) => ({
    body: localAssignment("/", principalId, administrator),
    effectiveAt: 0,
  }));
  return {
    body,
    keys: new Map(),
    deletedKeys: new Map(),
    roleAssignments: new Map(assignments.map((each) => [each.body.name, each])),
  };
}

function refuseWithoutAdministrator(given: string[] = []): void {
  if (given.length > 0) return;
  const message =
    "initialAdminObjectIds is empty: a managed HSM needs an administrator. Azure's own code is not documented.";
  throw new ArmError(400, "EmulatorUnverifiedManagedHsmAdministrator", message);
}

const update = operation({
  name: "ManagedHsms_Update",
  method: "PATCH",
  path: storePath("managedHSMs"),
  answer(call) {
    const record = requireStore(call, "managedHSMs");
    const given = requestBody(call.request, managedHsmShape);
    const properties = managedHsmProperties(given.properties ?? {}, record.body.properties);
    record.body = { ...record.body, tags: given.tags ?? record.body.tags, properties };
    return ok(showStore(call, record));
  },
});

const checkNameAvailability = operation({
  name: "ManagedHsms_CheckMhsmNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkMhsmNameAvailability",
  answer(call) {
    requireSubscription(call);
    const name = String(requestBody(call.request, { name: "string" }).name ?? "");
    if (!isNameTaken(call.world, "managedHSMs", name)) return ok({ nameAvailable: true });
    return ok({ nameAvailable: false, reason: "AlreadyExists", message: `The name '${name}' is already in use.` });
  },
});

// https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
function managedHsmProperties(given: ArmResource, before?: ArmResource): ArmResource {
  if (given.enableSoftDelete === false) throw irreversible("enableSoftDelete");
  if (before?.enablePurgeProtection && given.enablePurgeProtection === false) {
    throw irreversible("enablePurgeProtection");
  }
  return {
    tenantId: before?.tenantId ?? given.tenantId,
    initialAdminObjectIds: before?.initialAdminObjectIds ?? given.initialAdminObjectIds ?? [],
    enableSoftDelete: true,
    softDeleteRetentionInDays: before?.softDeleteRetentionInDays ?? given.softDeleteRetentionInDays ?? 90,
    enablePurgeProtection: given.enablePurgeProtection ?? before?.enablePurgeProtection ?? false,
    ...networkRules({ networkAcls: before?.networkAcls ?? {}, ...given }, before),
    provisioningState: "Succeeded",
    statusMessage: "The Managed HSM is provisioned and ready to use.",
  };
}

const managedHsmShape = {
  ...tracked,
  sku: { name: "string", family: "string" },
  properties: {
    tenantId: "string",
    initialAdminObjectIds: ["string"],
    enableSoftDelete: "boolean",
    softDeleteRetentionInDays: "number",
    enablePurgeProtection: "boolean",
    createMode: "string",
    networkAcls: networkAclsShape,
    publicNetworkAccess: "string",
  },
} as const satisfies Shape;

export const managedHsms = [createOrUpdate, update, checkNameAvailability];

import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { beginOperation, retryAfter } from "../arm/longRunning.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import type { DeletedStore } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { deletedStoresOf, type Store, type StoreType, storeTypes } from "./stores.js";

const inSubscription = "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault";

const deletedTypes = { vaults: "deletedVaults", managedHSMs: "deletedManagedHSMs" } as const;

const deletedStoresPath = (type: StoreType) => `${inSubscription}/${deletedTypes[type]}` as const;

const deletedStorePath = (type: StoreType) =>
  `${inSubscription}/locations/{location}/${deletedTypes[type]}/{storeName}` as const;

type DeletedCall = Call<"subscriptionId" | "location" | "storeName">;

function requireDeletedStore(call: DeletedCall, type: StoreType): DeletedStore<Store> {
  requireSubscription(call);
  const { storeName, location } = call.params;
  const found = deletedStoresOf(call.world, type).get(storeName.toLowerCase());
  if (found !== undefined && found.record.body.location === normalLocation(location)) return found;
  const message = `The specified deleted ${type === "vaults" ? "vault" : "managed HSM"} '${storeName}' does not exist.`;
  throw new ArmError(404, type === "vaults" ? "DeletedVaultNotFound" : "DeletedManagedHsmNotFound", message);
}

function purgeDate({ record, deletedAt }: DeletedStore<Store>): string {
  const days = record.body.properties.softDeleteRetentionInDays;
  return new Date(deletedAt + days * 24 * 3600 * 1000).toISOString();
}

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/get-deleted */
function showDeletedStore(subscriptionId: string, type: StoreType, deleted: DeletedStore<Store>): ArmResource {
  const { id, name, location, tags, properties } = deleted.record.body;
  const isVault = type === "vaults";
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/${deletedTypes[type]}/${name}`,
    name,
    type: `Microsoft.KeyVault/${deletedTypes[type]}`,
    properties: {
      [isVault ? "vaultId" : "mhsmId"]: id,
      location,
      tags,
      deletionDate: new Date(deleted.deletedAt).toISOString(),
      scheduledPurgeDate: purgeDate(deleted),
      ...(properties.enablePurgeProtection && { purgeProtectionEnabled: true }),
    },
  };
}

export function inDeletedState(type: StoreType): ArmError {
  const what = type === "vaults" ? "vault" : "managed HSM";
  const message = `A ${what} with the same name already exists in deleted state. You need to either recover or purge existing ${what}.`;
  return new ArmError(409, "ConflictError", message);
}

const getDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_GetDeleted" : "ManagedHsms_GetDeleted",
    method: "GET",
    path: deletedStorePath(type),
    answer: (call) => ok(showDeletedStore(call.params.subscriptionId, type, requireDeletedStore(call, type))),
  }),
);

const listDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListDeleted" : "ManagedHsms_ListDeleted",
    method: "GET",
    path: deletedStoresPath(type),
    answer(call) {
      requireSubscription(call);
      const deleted = [...deletedStoresOf(call.world, type).values()];
      return page(call, deleted, (each) => showDeletedStore(call.params.subscriptionId, type, each));
    },
  }),
);

const purgeDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_PurgeDeleted" : "ManagedHsms_PurgeDeleted",
    method: "POST",
    path: `${deletedStorePath(type)}/purge`,
    answer(call) {
      const { record } = requireDeletedStore(call, type);
      const { name, properties } = record.body;
      // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview#purge-protection
      if (properties.enablePurgeProtection) {
        throw new ArmError(405, "MethodNotAllowed", 'Operation "DeletedVaultPurge" is not allowed.');
      }
      deletedStoresOf(call.world, type).delete(name.toLowerCase());
      // Whoever gets no address to follow asks for the deleted store, as azurerm does, and does not find it.
      const begun = beginOperation(call, { kind: "nothing" });
      // Resource Manager's own operation, so by a version of its own.
      const address = `${call.request.origin}/subscriptions/${call.params.subscriptionId}/operationresults/${begun.id}`;
      return { status: 202, headers: { Location: `${address}?api-version=2021-04-01`, ...retryAfter(call, 15) } };
    },
  }),
);

export const deletedKeyStores = [...getDeleted, ...listDeleted, ...purgeDeleted];

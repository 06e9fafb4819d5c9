import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import type { DeletedStore } from "../records.js";
import { deletedStoresOf, type Store, type StoreType } from "./types.js";

const inSubscription = "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault";

const deletedTypes = { vaults: "deletedVaults", managedHSMs: "deletedManagedHSMs" } as const;

export const deletedStoresPath = (type: StoreType) => `${inSubscription}/${deletedTypes[type]}` as const;
export const deletedStorePath = (type: StoreType) =>
  `${inSubscription}/locations/{location}/${deletedTypes[type]}/{storeName}` as const;

type DeletedCall = Call<"subscriptionId" | "location" | "storeName">;

export function requireDeletedStore(call: DeletedCall, type: StoreType): DeletedStore<Store> {
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
export function showDeletedStore(subscriptionId: string, type: StoreType, deleted: DeletedStore<Store>): ArmResource {
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

import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { dataPlaneUrl } from "../dataPlane/url.js";
import type { KeyVaultRecord, ManagedHsmRecord } from "../records.js";
import { hostOf, isManagedHsm, resourceType, type Store, type StoreType, storesOf } from "./types.js";

const inGroup = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault";

export const storesPath = <Type extends StoreType>(type: Type) => `${inGroup}/${type}` as const;
export const storePath = <Type extends StoreType>(type: Type) => `${inGroup}/${type}/{storeName}` as const;

export type StoreCall = Call<"subscriptionId" | "resourceGroupName" | "storeName">;

export function storeId({ params }: StoreCall, type: StoreType): string {
  const group = `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
  return `${group}/providers/${resourceType(type)}/${params.storeName}`;
}

export function findStore(call: StoreCall, type: "vaults"): KeyVaultRecord | undefined;
export function findStore(call: StoreCall, type: "managedHSMs"): ManagedHsmRecord | undefined;
export function findStore(call: StoreCall, type: StoreType): Store | undefined;
export function findStore(call: StoreCall, type: StoreType): Store | undefined {
  requireGroup(call);
  return storesOf(call.world, type).get(storeId(call, type).toLowerCase());
}

export function requireStore(call: StoreCall, type: "vaults"): KeyVaultRecord;
export function requireStore(call: StoreCall, type: StoreType): Store;
export function requireStore(call: StoreCall, type: StoreType): Store {
  const found = findStore(call, type);
  if (found !== undefined) return found;
  throw resourceNotFound(resourceType(type), call.params.storeName, call.params.resourceGroupName);
}

/** As Resource Manager shows it, with the address at which its data plane answers here. */
export function showStore(call: Call<never>, store: Store): ArmResource {
  const url = dataPlaneUrl(call, hostOf(store));
  const uri = isManagedHsm(store) ? { hsmUri: url } : { vaultUri: url };
  const isStale = call.fault?.kind === "stale" && call.request.method === "GET";
  const stale = isStale && !isManagedHsm(store) && store.previousPolicies;
  return { ...store.body, properties: { ...store.body.properties, ...uri, ...(stale && { accessPolicies: stale }) } };
}

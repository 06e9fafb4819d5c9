import { resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import type { KeyVaultRecord, ManagedHsmRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import {
  hostOf,
  isManagedHsm,
  resourceType,
  type Store,
  type StoreType,
  softDeleteStore,
  storesOf,
  storeTypes,
} from "./stores.js";

const inGroup = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault";

const storesPath = <Type extends StoreType>(type: Type) => `${inGroup}/${type}` as const;

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

/** Where a data plane answers, under the name by which this client calls the emulator. Without a port: in Azure. */
function dataPlaneUrl({ ports, request }: Call<never>, host: string): string {
  const port = ports.portOf(host);
  return port === undefined ? `https://${host}/` : `https://${new URL(request.origin).hostname}:${port}/`;
}

const get = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_Get" : "ManagedHsms_Get",
    method: "GET",
    path: storePath(type),
    answer: (call) => ok(showStore(call, requireStore(call, type))),
  }),
);

const remove = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_Delete" : "ManagedHsms_Delete",
    method: "DELETE",
    path: storePath(type),
    answer(call) {
      const found = findStore(call, type);
      if (found === undefined) return noContent;
      softDeleteStore(call.world, type, found, call.now);
      return { status: 200 };
    },
  }),
);

const listByResourceGroup = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListByResourceGroup" : "ManagedHsms_ListByResourceGroup",
    method: "GET",
    path: storesPath(type),
    answer(call) {
      const prefix = `${requireGroup(call).id.toLowerCase()}/`;
      const here = [...storesOf(call.world, type)].filter(([id]) => id.startsWith(prefix));
      return page(call, here, ([, store]) => showStore(call, store));
    },
  }),
);

const listBySubscription = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListBySubscription" : "ManagedHsms_ListBySubscription",
    method: "GET",
    path: `/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/${type}`,
    answer(call) {
      requireSubscription(call);
      return page(call, [...storesOf(call.world, type).values()], (store) => showStore(call, store));
    },
  }),
);

/** What key vaults and Managed HSMs have in common. */
export const keyStores = [...get, ...remove, ...listByResourceGroup, ...listBySubscription];

import type { DeletedStore, KeyStoreRecord, KeyVaultRecord, ManagedHsmRecord } from "../state/keyRecords.js";
import type { World } from "../state/world.js";

/** Where keys can be: as the types of these resources are called in Resource Manager. */
export type StoreType = "vaults" | "managedHSMs";

export type Store = KeyVaultRecord | ManagedHsmRecord;

export const storeTypes: readonly StoreType[] = ["vaults", "managedHSMs"];

/** A store is a host one level below: its keys are named by it, wherever its data plane answers. */
const domains: Record<StoreType, string> = { vaults: "vault.azure.net", managedHSMs: "managedhsm.azure.net" };

export const resourceType = (type: StoreType) => `Microsoft.KeyVault/${type}`;

export function storesOf(world: World, type: StoreType): Map<string, Store> {
  return type === "vaults" ? world.keyVaults : world.managedHsms;
}

/** By lower-cased name. */
export function deletedStoresOf(world: World, type: StoreType): Map<string, DeletedStore<Store>> {
  return type === "vaults" ? world.deletedKeyVaults : world.deletedManagedHsms;
}

export function allStores(world: World): Store[] {
  return [...world.keyVaults.values(), ...world.managedHsms.values()];
}

export function isManagedHsm(store: KeyStoreRecord): store is ManagedHsmRecord {
  return store.body.type === resourceType("managedHSMs");
}

/** `kv-payroll.vault.azure.net` */
export function hostOf(store: KeyStoreRecord): string {
  return hostAt(isManagedHsm(store) ? "managedHSMs" : "vaults", store.body.name);
}

export function hostsOf(world: World): string[] {
  return storeTypes.flatMap((type) => [...storesOf(world, type).keys()].map((id) => hostAt(type, nameIn(id))));
}

export function storeAt(world: World, host: string): Store | undefined {
  for (const type of storeTypes) {
    const stores = storesOf(world, type);
    for (const id of stores.keys()) if (hostAt(type, nameIn(id)) === host.toLowerCase()) return stores.get(id);
  }
  return undefined;
}

const hostAt = (type: StoreType, name: string) => `${name.toLowerCase()}.${domains[type]}`;

const nameIn = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** Each name is a host of its own, so it is there once in all of Azure. */
export function isNameTaken(world: World, type: StoreType, name: string): boolean {
  const wanted = name.toLowerCase();
  const isUsed = [...storesOf(world, type).keys()].some((id) => id.endsWith(`/${wanted}`));
  return isUsed || deletedStoresOf(world, type).has(wanted);
}

/** It can be recovered as long as nobody purges it: the emulator does not end its retention. */
export function softDeleteStore(world: World, type: StoreType, record: Store, now: number): void {
  const { id, name, properties } = record.body;
  storesOf(world, type).delete(id.toLowerCase());
  if (!properties.enableSoftDelete) return;
  deletedStoresOf(world, type).set(name.toLowerCase(), { record, deletedAt: now });
}

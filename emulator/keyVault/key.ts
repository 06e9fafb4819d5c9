import { ArmError } from "../arm/armError.js";
import type { KeyRecord, KeyVersion } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { isManagedHsm, type Store, storeAt } from "./stores.js";

export interface FoundKey {
  store: Store;
  key: KeyRecord;
  version: KeyVersion;
}

/** The key that a key identifier names; without a version, its newest. */
export function keyAt(world: World, keyUri: string): FoundKey | undefined {
  const match = /^https:\/\/([^/:]+)(?::443)?\/keys\/([^/]+)(?:\/([^/]+))?\/?$/i.exec(keyUri);
  if (match === null) return undefined;
  const [, host = "", name = "", wanted] = match;
  const store = storeAt(world, host);
  const key = store?.keys.get(name.toLowerCase());
  if (store === undefined || key === undefined) return undefined;
  const version = wanted === undefined ? newest(key) : key.versions.find((known) => known.version === wanted);
  return version && { store, key, version };
}

const ofVaults = ["RSA", "RSA-HSM", "EC", "EC-HSM"];

const ofManagedHsms = ["RSA-HSM", "EC-HSM"];

const rsaOps = ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"];

/** What a new version of a key is, whichever way it is asked for. The key itself is made when it is first used. */
export function newVersion(store: Store, given: ArmResource, now: number): KeyVersion {
  const { kty, keySize, curveName, keyOps, attributes = {}, tags = {} } = given;
  const known = isManagedHsm(store) ? ofManagedHsms : ofVaults;
  if (!known.includes(kty)) {
    throw new ArmError(400, "BadParameter", `The key type '${kty}' is not one of ${known.join(", ")}.`);
  }
  const isRsa = kty.startsWith("RSA");
  const seconds = Math.floor(now / 1000);
  return {
    version: guid().replaceAll("-", ""),
    kty,
    ...(isRsa ? { keySize: keySize ?? 2048 } : { curveName: curveName ?? "P-256" }),
    keyOps: keyOps ?? (isRsa ? rsaOps : ["sign", "verify"]),
    attributes: { enabled: true, ...attributes, created: seconds, updated: seconds },
    tags,
  };
}

/** A deleted key holds its name until it is recovered or purged. */
export function refuseDeletedName(store: Store, name: string): void {
  if (!store.deletedKeys.has(name.toLowerCase())) return;
  const message =
    `Key ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ` +
    "key can only be recovered or purged.";
  throw new ArmError(409, "Conflict", message, { error: { innererror: { code: "ObjectIsDeletedButRecoverable" } } });
}

/** It can be recovered, with all its versions, unless its key vault has no soft delete. */
export function deleteKey(store: Store, key: KeyRecord, now: number): void {
  const name = key.name.toLowerCase();
  store.keys.delete(name);
  if (store.body.properties.enableSoftDelete) store.deletedKeys.set(name, { key, deletedAt: now });
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
export function isKeyName(name: string): boolean {
  return /^[0-9a-z-]{1,127}$/i.test(name);
}

/** Both planes refuse in the same words. */
export function keyIn(store: Store, name: string): KeyRecord {
  const key = store.keys.get(name.toLowerCase());
  if (key !== undefined) return key;
  throw keyNotFound(name);
}

export function keyNotFound(name: string): ArmError {
  const message =
    `A key with (name/id) ${name} was not found in this key vault. If you recently deleted this key you may be able ` +
    "to recover it using the correct recovery command. For help resolving this issue, please see " +
    "https://go.microsoft.com/fwlink/?linkid=2125182";
  return new ArmError(404, "KeyNotFound", message);
}

export function newest(key: KeyRecord): KeyVersion {
  return key.versions.at(-1) as KeyVersion;
}

/** https://learn.microsoft.com/rest/api/keyvault/keys/get-key/get-key#deletionrecoverylevel */
export function recoveryLevel({ body: { properties } }: Store): string {
  if (!properties.enableSoftDelete) return "Purgeable";
  return properties.enablePurgeProtection ? "Recoverable" : "Recoverable+Purgeable";
}

import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { KeyRecord, KeyVersion } from "../records.js";
import { requireStore, type StoreCall, storePath } from "../stores/path.js";
import { hostOf, type Store, type StoreType } from "../stores/types.js";

export const keysPath = <Type extends StoreType>(type: Type) => `${storePath(type)}/keys` as const;
export const keyPath = <Type extends StoreType>(type: Type) => `${storePath(type)}/keys/{keyName}` as const;

export function requireKey(call: StoreCall & Call<"keyName">, type: StoreType): { store: Store; key: KeyRecord } {
  const store = requireStore(call, type);
  return { store, key: keyIn(store, call.params.keyName) };
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

/** As Resource Manager shows a key; `version` names one of several. */
export function showKey(store: Store, key: KeyRecord, version?: KeyVersion): ArmResource {
  const { kty, keySize, curveName, keyOps, attributes, tags, version: name } = version ?? newest(key);
  const { body } = store;
  const id = `${body.id}/keys/${key.name}`;
  // The service writes the port, which data-plane addresses do not have.
  const keyUri = `https://${hostOf(store)}:443/keys/${key.name}`;
  return {
    id: version === undefined ? id : `${id}/versions/${name}`,
    name: version === undefined ? key.name : name,
    type: `${body.type}/keys${version === undefined ? "" : "/versions"}`,
    location: body.location,
    tags,
    properties: {
      attributes: { ...attributes, recoveryLevel: recoveryLevel(store), exportable: false },
      kty,
      keyOps,
      ...(keySize && { keySize }),
      ...(curveName && { curveName }),
      keyUri,
      keyUriWithVersion: `${keyUri}/${name}`,
    },
  };
}

/** https://learn.microsoft.com/rest/api/keyvault/keys/get-key/get-key#deletionrecoverylevel */
export function recoveryLevel({ body: { properties } }: Store): string {
  if (!properties.enableSoftDelete) return "Purgeable";
  return properties.enablePurgeProtection ? "Recoverable" : "Recoverable+Purgeable";
}

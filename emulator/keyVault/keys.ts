import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { KeyRecord, KeyVersion } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { isKeyName, keyIn, keyNotFound, newest, newVersion, recoveryLevel, refuseDeletedName } from "./key.js";
import { requireStore, type StoreCall, storePath } from "./storeOperations.js";
import { hostOf, type Store, type StoreType, storeTypes } from "./stores.js";

const keysPath = <Type extends StoreType>(type: Type) => `${storePath(type)}/keys` as const;

const keyPath = <Type extends StoreType>(type: Type) => `${storePath(type)}/keys/{keyName}` as const;

function requireKey(call: StoreCall & Call<"keyName">, type: StoreType): { store: Store; key: KeyRecord } {
  const store = requireStore(call, type);
  return { store, key: keyIn(store, call.params.keyName) };
}

/** As Resource Manager shows a key; `version` names one of several. */
function showKey(store: Store, key: KeyRecord, version?: KeyVersion): ArmResource {
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

const get = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_Get" : "ManagedHsmKeys_Get",
    method: "GET",
    path: keyPath(type),
    answer(call) {
      const { store, key } = requireKey(call, type);
      return ok(showKey(store, key));
    },
  }),
);

const list = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_List" : "ManagedHsmKeys_List",
    method: "GET",
    path: keysPath(type),
    answer(call) {
      const store = requireStore(call, type);
      return page(call, [...store.keys.values()], (key) => showKey(store, key));
    },
  }),
);

const shape = {
  tags: { "*": "string" },
  properties: {
    kty: "string",
    keySize: "number",
    curveName: "string",
    keyOps: ["string"],
    attributes: { enabled: "boolean", nbf: "number", exp: "number" },
  },
} as const;

/** A key that is there already stays as it is: Resource Manager makes no second version. */
const createIfNotExist = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_CreateIfNotExist" : "ManagedHsmKeys_CreateIfNotExist",
    method: "PUT",
    path: keyPath(type),
    answer(call) {
      const store = requireStore(call, type);
      const { keyName: name } = call.params;
      const given = requestBody(call.request, shape);
      const existing = store.keys.get(name.toLowerCase());
      if (existing !== undefined) return ok(showKey(store, existing));
      if (!isKeyName(name)) throw new ArmError(400, "BadRequest", `The key name '${name}' is invalid.`);
      refuseDeletedName(store, name);
      const versions = [newVersion(store, { ...given.properties, tags: given.tags }, call.now)];
      const key: KeyRecord = { name, versions };
      store.keys.set(name.toLowerCase(), key);
      return ok(showKey(store, key));
    },
  }),
);

const getVersion = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_GetVersion" : "ManagedHsmKeys_GetVersion",
    method: "GET",
    path: `${keyPath(type)}/versions/{keyVersion}`,
    answer(call) {
      const { store, key } = requireKey(call, type);
      const found = key.versions.find(({ version }) => version === call.params.keyVersion);
      if (found === undefined) throw keyNotFound(`${key.name}/${call.params.keyVersion}`);
      return ok(showKey(store, key, found));
    },
  }),
);

const listVersions = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_ListVersions" : "ManagedHsmKeys_ListVersions",
    method: "GET",
    path: `${keyPath(type)}/versions`,
    answer(call) {
      const { store, key } = requireKey(call, type);
      return page(call, key.versions, (version) => showKey(store, key, version));
    },
  }),
);

export const keys = [...get, ...list, ...createIfNotExist, ...getVersion, ...listVersions];

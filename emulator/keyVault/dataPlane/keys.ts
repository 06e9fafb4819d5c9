import { createPrivateKey, type JsonWebKey } from "node:crypto";
import { type Call, ok, operation } from "../../arm/operation.js";
import type { KeyRecord, KeyVersion } from "../../state/keyRecords.js";
import type { ArmResource } from "../../state/records.js";
import { deleteKey, isKeyName, newest, newVersion, refuseDeletedName } from "../key.js";
import { isManagedHsm } from "../stores.js";
import {
  attributesOf,
  attributesShape,
  badParameter,
  keyBody,
  keyPage,
  keyPath,
  requireKey,
  storeOf,
  versionPaths,
} from "./request.js";
import { deletion, isCurve, showItem, showKey } from "./showKey.js";

export const get = versionPaths.map((path) =>
  operation({
    name: "GetKey",
    method: "GET",
    path,
    answer(call) {
      const { store, key, version } = requireKey(call);
      return ok(showKey(store, key, version));
    },
  }),
);

export const list = operation({
  name: "GetKeys",
  method: "GET",
  path: "/keys",
  answer(call) {
    const store = storeOf(call);
    return keyPage(call, [...store.keys.values()], (key) => showItem(store, key, newest(key), false));
  },
});

export const listVersions = operation({
  name: "GetKeyVersions",
  method: "GET",
  path: `${keyPath}/versions`,
  answer(call) {
    const { store, key } = requireKey(call);
    return keyPage(call, key.versions, (version) => showItem(store, key, version, true));
  },
});

const createShape = {
  kty: "string",
  key_size: "number",
  key_ops: ["string"],
  crv: "string",
  attributes: attributesShape,
  tags: { "*": "string" },
} as const;

export const create = operation({
  name: "CreateKey",
  method: "POST",
  path: `${keyPath}/create`,
  answer(call) {
    const store = storeOf(call);
    const { kty, key_size, key_ops, crv, attributes, tags } = keyBody(call.request, createShape);
    if (key_size !== undefined && ![2048, 3072, 4096].includes(key_size)) {
      throw badParameter(`The key size ${key_size} is not supported: 2048, 3072 and 4096 are.`);
    }
    if (crv !== undefined && !isCurve(crv)) throw badParameter(`The curve '${crv}' is not supported.`);
    const given = {
      kty,
      keySize: key_size,
      keyOps: key_ops,
      curveName: crv,
      attributes: attributesOf(attributes),
      tags,
    };
    const version = newVersion(store, given, call.now);
    return ok(showKey(store, addVersion(call, version), version));
  },
});

const importShape = {
  Hsm: "boolean",
  key: { kty: "string", key_ops: ["string"] },
  attributes: attributesShape,
  tags: { "*": "string" },
} as const;

export const importKey = operation({
  name: "ImportKey",
  method: "PUT",
  path: keyPath,
  answer(call) {
    const store = storeOf(call);
    const { Hsm, key: jwk = {}, attributes, tags } = keyBody(call.request, importShape);
    const type = String(jwk.kty).replace("-HSM", "");
    const inHardware = Hsm || isManagedHsm(store) || type !== jwk.kty;
    const { privateKey, keySize, curveName } = readPrivateKey({ ...jwk, kty: type });
    const kty = inHardware ? `${type}-HSM` : type;
    const given = { kty, keySize, curveName, keyOps: jwk.key_ops, attributes: attributesOf(attributes), tags };
    const version = { ...newVersion(store, given, call.now), privateKey };
    return ok(showKey(store, addVersion(call, version), version));
  },
});

function readPrivateKey(jwk: ArmResource) {
  try {
    const key = createPrivateKey({ key: jwk as JsonWebKey, format: "jwk" });
    const { modulusLength: keySize } = key.asymmetricKeyDetails ?? {};
    return { privateKey: key.export({ type: "pkcs8", format: "pem" }) as string, keySize, curveName: jwk.crv };
  } catch {
    // The reason that OpenSSL gives could show parts of the key.
    throw badParameter("The key must be a private RSA or elliptic-curve key as a JSON web key.");
  }
}

/** The newest version from now on, of a key that is there or not yet. */
function addVersion(call: Call<"keyName">, version: KeyVersion): KeyRecord {
  const store = storeOf(call);
  const { keyName: name } = call.params;
  if (!isKeyName(name)) {
    throw badParameter(`Invalid key name '${name}': it must have 1 to 127 letters, digits and hyphens.`);
  }
  refuseDeletedName(store, name);
  const key = store.keys.get(name.toLowerCase()) ?? { name, versions: [] };
  key.versions.push(version);
  store.keys.set(name.toLowerCase(), key);
  return key;
}

const updateShape = { key_ops: ["string"], attributes: attributesShape, tags: { "*": "string" } } as const;

export const update = versionPaths.map((path) =>
  operation({
    name: "UpdateKey",
    method: "PATCH",
    path,
    answer(call) {
      const { store, key, version } = requireKey(call);
      const { key_ops, attributes, tags } = keyBody(call.request, updateShape);
      Object.assign(version.attributes, attributesOf(attributes), { updated: Math.floor(call.now / 1000) });
      version.keyOps = key_ops ?? version.keyOps;
      version.tags = tags ?? version.tags;
      return ok(showKey(store, key, version));
    },
  }),
);

export const remove = operation({
  name: "DeleteKey",
  method: "DELETE",
  path: keyPath,
  answer(call) {
    const { store, key, version } = requireKey(call);
    const shown = showKey(store, key, version);
    deleteKey(store, key, call.now);
    const deleted = store.deletedKeys.get(key.name.toLowerCase());
    return ok({ ...shown, ...(deleted && deletion(store, deleted)) });
  },
});

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { DeletedKey, KeyRecord, KeyVersion } from "../../state/keyRecords.js";
import type { ArmResource } from "../../state/records.js";
import { recoveryLevel } from "../key.js";
import { hostOf, type Store } from "../stores.js";

/** By its name in Azure, wherever this data plane answers. */
export function kidOf(store: Store, key: KeyRecord, version?: KeyVersion): string {
  return `https://${hostOf(store)}/keys/${key.name}${version === undefined ? "" : `/${version.version}`}`;
}

export function showKey(store: Store, key: KeyRecord, version: KeyVersion): ArmResource {
  const { kty, keyOps, tags } = version;
  return {
    key: { kid: kidOf(store, key, version), kty, key_ops: keyOps, ...publicPartOf(version) },
    attributes: attributes(store, version),
    tags,
  };
}

/** In a list: with its version among its versions, without it among keys. */
export function showItem(store: Store, key: KeyRecord, version: KeyVersion, isVersion: boolean): ArmResource {
  const kid = kidOf(store, key, isVersion ? version : undefined);
  return { kid, attributes: attributes(store, version), tags: version.tags };
}

export function deletion(store: Store, { key, deletedAt }: DeletedKey): ArmResource {
  const deletedDate = Math.floor(deletedAt / 1000);
  return {
    recoveryId: `https://${hostOf(store)}/deletedkeys/${key.name}`,
    deletedDate,
    scheduledPurgeDate: deletedDate + store.body.properties.softDeleteRetentionInDays * 24 * 3600,
  };
}

function attributes(store: Store, { attributes }: KeyVersion): ArmResource {
  const { softDeleteRetentionInDays, enableSoftDelete } = store.body.properties;
  return {
    ...attributes,
    recoveryLevel: recoveryLevel(store),
    ...(enableSoftDelete && { recoverableDays: softDeleteRetentionInDays }),
    exportable: false,
  };
}

const curves: Record<string, string> = {
  "P-256": "prime256v1",
  "P-256K": "secp256k1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

export const isCurve = (name: string): boolean => Object.hasOwn(curves, name);

/** Made when it is needed for the first time. */
export function privateKeyOf(version: KeyVersion): KeyObject {
  if (version.privateKey !== undefined) return createPrivateKey(version.privateKey);
  const { privateKey } = version.kty.startsWith("RSA")
    ? generateKeyPairSync("rsa", { modulusLength: version.keySize ?? 2048 })
    : generateKeyPairSync("ec", { namedCurve: curves[version.curveName ?? "P-256"] as string });
  version.privateKey = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return privateKey;
}

/** What everybody may know of a key. */
function publicPartOf(version: KeyVersion): ArmResource {
  const { n, e, x, y } = createPublicKey(privateKeyOf(version)).export({ format: "jwk" });
  return version.kty.startsWith("RSA") ? { n, e } : { crv: version.curveName, x, y };
}

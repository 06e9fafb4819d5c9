import type { ArmResource } from "../../../armResource.js";
import { recoveryLevel } from "../../keys/path.js";
import type { DeletedKey, KeyRecord, KeyVersion } from "../../records.js";
import { hostOf, type Store } from "../../stores/types.js";
import { publicPartOf } from "./material.js";

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

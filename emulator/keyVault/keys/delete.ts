import type { KeyRecord } from "../records.js";
import type { Store } from "../stores/types.js";

/** It can be recovered, with all its versions, unless its key vault has no soft delete. */
export function deleteKey(store: Store, key: KeyRecord, now: number): void {
  const name = key.name.toLowerCase();
  store.keys.delete(name);
  if (store.body.properties.enableSoftDelete) store.deletedKeys.set(name, { key, deletedAt: now });
}

import type { World } from "../world.js";
import { newest } from "./keys/path.js";
import type { KeyRecord, KeyVersion } from "./records.js";
import { type Store, storeAt } from "./stores/types.js";

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

import type { World } from "../world.js";
import { newest } from "./keys/path.js";
import type { KeyRecord, KeyVaultRecord, KeyVersion } from "./records.js";

export interface FoundKey {
  keyVault: KeyVaultRecord;
  key: KeyRecord;
  version: KeyVersion;
}

/** The key that a key identifier names; without a version, its newest. */
export function keyAt(world: World, keyUri: string): FoundKey | undefined {
  const match = /^https:\/\/([^./:]+)\.vault\.azure\.net(?::443)?\/keys\/([^/]+)(?:\/([^/]+))?\/?$/i.exec(keyUri);
  if (match === null) return undefined;
  const [, host = "", name = "", wanted] = match;
  const keyVault = [...world.keyVaults.values()].find(({ body }) => body.name.toLowerCase() === host.toLowerCase());
  const key = keyVault?.keys.get(name.toLowerCase());
  if (keyVault === undefined || key === undefined) return undefined;
  const version = wanted === undefined ? newest(key) : key.versions.find((known) => known.version === wanted);
  return version && { keyVault, key, version };
}

/** Keys of Managed HSMs, which are not emulated. */
export function isManagedHsmKey(keyUri: string): boolean {
  return /^https:\/\/[^/]+\.managedhsm\.azure\.net(:443)?\//i.test(keyUri);
}

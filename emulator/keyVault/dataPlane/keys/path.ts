import type { Call } from "../../../http/operation.js";
import { keyIn, keyNotFound, newest } from "../../keys/path.js";
import type { KeyRecord, KeyVersion } from "../../records.js";
import type { Store } from "../../stores/types.js";
import { storeOf } from "../storeOf.js";

export const keyPath = "/keys/{keyName}";

/** With a version, and without: that is the newest. */
export const versionPaths = [
  "/keys/{keyName}",
  "/keys/{keyName}/{keyVersion}",
] as readonly "/keys/{keyName}/{keyVersion}"[];

export interface RequiredKey {
  store: Store;
  key: KeyRecord;
  version: KeyVersion;
}

export function requireKey(call: Call<"keyName">): RequiredKey;
export function requireKey(call: Call<"keyName" | "keyVersion">): RequiredKey;
export function requireKey(call: Call<"keyName"> & { params: { keyVersion?: string } }): RequiredKey {
  const store = storeOf(call);
  const { keyName, keyVersion } = call.params;
  const key = keyIn(store, keyName);
  const version = keyVersion ? key.versions.find((each) => each.version === keyVersion) : newest(key);
  if (version === undefined) throw keyNotFound(`${keyName}/${keyVersion}`);
  return { store, key, version };
}

import type { Call } from "../../../http/operation.js";
import { isKeyName } from "../../keys/name.js";
import { refuseDeletedName } from "../../keys/newVersion.js";
import type { KeyRecord, KeyVersion } from "../../records.js";
import { storeOf } from "../storeOf.js";
import { badParameter } from "./body.js";

/** The newest version from now on, of a key that is there or not yet. */
export function addVersion(call: Call<"keyName">, version: KeyVersion): KeyRecord {
  const store = storeOf(call);
  const { keyName: name } = call.params;
  if (!isKeyName(name)) {
    throw badParameter(`Invalid key name '${name}': 1 to 127 letters, digits and hyphens are expected.`);
  }
  refuseDeletedName(store, name);
  const key = store.keys.get(name.toLowerCase()) ?? { name, versions: [] };
  key.versions.push(version);
  store.keys.set(name.toLowerCase(), key);
  return key;
}

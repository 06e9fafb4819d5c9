import { ArmError } from "../../arm/armError.js";
import { type Call, noContent, ok, operation } from "../../arm/operation.js";
import type { DeletedKey } from "../../state/keyRecords.js";
import { newest } from "../key.js";
import type { Store } from "../stores.js";
import { keyPage, storeOf } from "./request.js";
import { deletion, showItem, showKey } from "./showKey.js";

const deletedKeyPath = "/deletedkeys/{keyName}";

function requireDeletedKey(call: Call<"keyName">): { store: Store; deleted: DeletedKey } {
  const store = storeOf(call);
  const { keyName } = call.params;
  const deleted = store.deletedKeys.get(keyName.toLowerCase());
  if (deleted !== undefined) return { store, deleted };
  throw new ArmError(404, "KeyNotFound", `Deleted Key not found: ${keyName}`);
}

const get = operation({
  name: "GetDeletedKey",
  method: "GET",
  path: deletedKeyPath,
  answer(call) {
    const { store, deleted } = requireDeletedKey(call);
    return ok({ ...showKey(store, deleted.key, newest(deleted.key)), ...deletion(store, deleted) });
  },
});

const list = operation({
  name: "GetDeletedKeys",
  method: "GET",
  path: "/deletedkeys",
  answer(call) {
    const store = storeOf(call);
    return keyPage(call, [...store.deletedKeys.values()], (deleted) => ({
      ...showItem(store, deleted.key, newest(deleted.key), false),
      ...deletion(store, deleted),
    }));
  },
});

const recover = operation({
  name: "RecoverDeletedKey",
  method: "POST",
  path: `${deletedKeyPath}/recover`,
  answer(call) {
    const { store, deleted } = requireDeletedKey(call);
    const { key } = deleted;
    store.deletedKeys.delete(key.name.toLowerCase());
    store.keys.set(key.name.toLowerCase(), key);
    return ok(showKey(store, key, newest(key)));
  },
});

const purge = operation({
  name: "PurgeDeletedKey",
  method: "DELETE",
  path: deletedKeyPath,
  answer(call) {
    const { store, deleted } = requireDeletedKey(call);
    // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview#purge-protection
    if (store.body.properties.enablePurgeProtection) {
      const message =
        'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will ' +
        "automatically purge it after the retention period has passed.";
      throw new ArmError(403, "Forbidden", message);
    }
    store.deletedKeys.delete(deleted.key.name.toLowerCase());
    return noContent;
  },
});

export const deletedKeys = [list, get, recover, purge];

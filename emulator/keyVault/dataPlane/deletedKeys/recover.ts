import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { newest } from "../../keys/path.js";
import { showKey } from "../keys/show.js";
import { deletedKeyPath, requireDeletedKey } from "./find.js";

export const recover = operation({
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

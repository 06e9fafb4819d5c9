import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { deleteKey } from "../../keys/delete.js";
import { keyPath, requireKey } from "./path.js";
import { deletion, showKey } from "./show.js";

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

import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { newest } from "../../keys/path.js";
import { deletion, showKey } from "../keys/show.js";
import { deletedKeyPath, requireDeletedKey } from "./find.js";

export const get = operation({
  name: "GetDeletedKey",
  method: "GET",
  path: deletedKeyPath,
  answer(call) {
    const { store, deleted } = requireDeletedKey(call);
    return ok({ ...showKey(store, deleted.key, newest(deleted.key)), ...deletion(store, deleted) });
  },
});

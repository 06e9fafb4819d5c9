import { operation } from "../../../http/operation.js";
import { newest } from "../../keys/path.js";
import { keyPage } from "../keyPage.js";
import { deletion, showItem } from "../keys/show.js";
import { storeOf } from "../storeOf.js";

export const list = operation({
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

import { operation } from "../../../http/operation.js";
import { newest } from "../../keys/path.js";
import { keyPage } from "../keyPage.js";
import { storeOf } from "../storeOf.js";
import { showItem } from "./show.js";

export const list = operation({
  name: "GetKeys",
  method: "GET",
  path: "/keys",
  answer(call) {
    const store = storeOf(call);
    return keyPage(call, [...store.keys.values()], (key) => showItem(store, key, newest(key), false));
  },
});

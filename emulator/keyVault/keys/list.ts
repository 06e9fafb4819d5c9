import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireStore } from "../stores/path.js";
import { storeTypes } from "../stores/types.js";
import { keysPath, showKey } from "./path.js";

export const list = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_List" : "ManagedHsmKeys_List",
    method: "GET",
    path: keysPath(type),
    answer(call) {
      const store = requireStore(call, type);
      return page(call, [...store.keys.values()], (key) => showKey(store, key));
    },
  }),
);

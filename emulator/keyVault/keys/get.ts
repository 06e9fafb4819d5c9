import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { storeTypes } from "../stores/types.js";
import { keyPath, requireKey, showKey } from "./path.js";

export const get = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_Get" : "ManagedHsmKeys_Get",
    method: "GET",
    path: keyPath(type),
    answer(call) {
      const { store, key } = requireKey(call, type);
      return ok(showKey(store, key));
    },
  }),
);

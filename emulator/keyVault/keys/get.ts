import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { keyPath, requireKey, showKey } from "./path.js";

export const get = operation({
  name: "Keys_Get",
  method: "GET",
  path: keyPath,
  answer(call) {
    const { keyVault, key } = requireKey(call);
    return ok(showKey(keyVault, key));
  },
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { itemPath, requireItem } from "./path.js";

export const get = operation({
  name: "ProtectedItems_Get",
  method: "GET",
  path: itemPath,
  answer: (call) => ok(requireItem(call).item),
});

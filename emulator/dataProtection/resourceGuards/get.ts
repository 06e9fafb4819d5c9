import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { guardPath, requireGuard } from "./path.js";

export const get = operation({
  name: "ResourceGuards_Get",
  method: "GET",
  path: guardPath,
  answer: (call) => ok(requireGuard(call)),
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { proxyPath, requireProxy } from "./path.js";

export const get = operation({
  name: "ResourceGuardProxy_Get",
  method: "GET",
  path: proxyPath,
  answer: (call) => ok(requireProxy(call).proxy),
});

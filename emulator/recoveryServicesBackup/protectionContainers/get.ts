import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { containerPath, requireContainer } from "./path.js";

export const get = operation({
  name: "ProtectionContainers_Get",
  method: "GET",
  path: containerPath,
  answer: (call) => ok(requireContainer(call).container),
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { instancePath, requireInstance } from "./path.js";

export const get = operation({
  name: "BackupInstances_Get",
  method: "GET",
  path: instancePath,
  answer: (call) => ok(requireInstance(call).instance),
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { identityPath, requireIdentity } from "./path.js";

export const get = operation({
  name: "UserAssignedIdentities_Get",
  method: "GET",
  path: identityPath,
  answer: (call) => ok(requireIdentity(call)),
});

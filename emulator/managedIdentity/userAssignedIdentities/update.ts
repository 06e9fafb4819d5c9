import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { tracked } from "../../http/tracked.js";
import { identityPath, requireIdentity } from "./path.js";

export const update = operation({
  name: "UserAssignedIdentities_Update",
  method: "PATCH",
  path: identityPath,
  answer(call) {
    const identity = requireIdentity(call);
    identity.tags = requestBody(call.request, tracked).tags ?? identity.tags;
    return ok(identity);
  },
});

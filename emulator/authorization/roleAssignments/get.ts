import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { assignmentPath, findAssignment } from "./path.js";

export const get = operation({
  name: "RoleAssignments_Get",
  method: "GET",
  path: assignmentPath,
  answer(call) {
    const found = findAssignment(call);
    if (found !== undefined) return ok(found.body);
    const message = `The role assignment '${call.params.roleAssignmentName}' is not found.`;
    throw new ArmError(404, "RoleAssignmentNotFound", message);
  },
});

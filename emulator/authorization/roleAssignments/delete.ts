import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { assignmentId, assignmentPath, findAssignment } from "./path.js";

export const remove = operation({
  name: "RoleAssignments_Delete",
  method: "DELETE",
  path: assignmentPath,
  answer(call) {
    const found = findAssignment(call);
    if (found === undefined) return noContent;
    call.world.roleAssignments.delete(assignmentId(call).toLowerCase());
    return ok(found.body);
  },
});

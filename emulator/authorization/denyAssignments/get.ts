import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireScope } from "../roleAssignments/path.js";

export const get = operation({
  name: "DenyAssignments_Get",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/denyAssignments/{denyAssignmentId}",
  answer({ world, params: { scope, denyAssignmentId } }) {
    requireScope(world, scope);
    const id = `/${scope}/providers/Microsoft.Authorization/denyAssignments/${denyAssignmentId}`;
    const found = world.denyAssignments.get(id.toLowerCase());
    if (found !== undefined) return ok(found);
    throw new ArmError(404, "DenyAssignmentNotFound", `The deny assignment '${denyAssignmentId}' is not found.`);
  },
});

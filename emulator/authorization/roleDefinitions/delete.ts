import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { requireScope } from "../roleAssignments/path.js";
import { roleOf } from "../roles.js";
import { showRole } from "./show.js";

export const remove = operation({
  name: "RoleDefinitions_Delete",
  method: "DELETE",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer({ world, params: { scope, roleDefinitionId } }) {
    requireScope(world, scope);
    const role = roleOf(world, roleDefinitionId);
    if (role === undefined) return noContent;
    const isAssigned = [...world.roleAssignments.values()].some(
      ({ body }) => roleOf(world, body.properties.roleDefinitionId)?.name === role.name,
    );
    if (isAssigned) {
      const message = "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).";
      throw new ArmError(400, "RoleDefinitionHasAssignments", message);
    }
    if (role.assignableScopes === undefined) {
      throw new ArmError(400, "EmulatorUnverifiedRoleBuiltIn", `The role '${role.roleName}' is built in, and stays.`);
    }
    world.customRoles.delete(role.name);
    return ok(showRole(role, scope));
  },
});

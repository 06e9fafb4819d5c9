import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { builtInRoles } from "../builtInRoles.js";
import type { Role } from "../records.js";
import { requireScope } from "../roleAssignments/path.js";
import { rolesOf } from "../roles.js";
import { showRole } from "./show.js";

const actions = ["string"] as const;
const shape = {
  properties: {
    roleName: "string",
    description: "string",
    assignableScopes: ["string"],
    permissions: [{ actions, notActions: actions, dataActions: actions, notDataActions: actions }],
  },
} as const;

/** A custom role. https://learn.microsoft.com/azure/role-based-access-control/custom-roles-rest */
export const createOrUpdate = operation({
  name: "RoleDefinitions_CreateOrUpdate",
  method: "PUT",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer({ world, request, params: { scope, roleDefinitionId: name } }) {
    requireScope(world, scope);
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
      throw new ArmError(
        400,
        "InvalidRoleDefinitionId",
        `The role definition ID '${name}' is not valid. It must be a GUID.`,
      );
    }
    const given = requestBody(request, shape).properties ?? {};
    const { roleName, description, assignableScopes, permissions } = given;
    if (!roleName || !assignableScopes?.length || permissions?.length !== 1) {
      const fact = "'roleName', 'assignableScopes' and one entry in 'permissions' are required";
      throw new ArmError(400, "RoleDefinitionInvalid", `The role definition is not valid: ${fact}.`);
    }
    const isTaken = rolesOf(world).some((each) => each.name !== name.toLowerCase() && each.roleName === roleName);
    if (isTaken || builtInRoles.some((each) => each.name === name.toLowerCase())) {
      const message = "A custom role with the same name already exists in this directory. Use a different name.";
      throw new ArmError(409, "RoleDefinitionWithSameNameExists", message);
    }
    const { actions = [], notActions = [], dataActions = [], notDataActions = [] } = permissions[0];
    const granted = { actions, notActions, dataActions, notDataActions };
    const role: Role = {
      name: name.toLowerCase(),
      roleName,
      description: description ?? "",
      ...granted,
      assignableScopes,
    };
    world.customRoles.set(role.name, role);
    return { status: 201, body: showRole(role, scope) };
  },
});

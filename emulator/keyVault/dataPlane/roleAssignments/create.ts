import { ArmError } from "../../../http/armError.js";
import { operation } from "../../../http/operation.js";
import { requestBody } from "../../../http/requestBody.js";
import { atScopes, localScope } from "../localScope.js";
import { localRoleOf } from "../roleDefinitions/builtInRoles.js";
import { hsmOf } from "../storeOf.js";
import { localAssignment } from "./assignment.js";

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/role-assignments/create */
export const create = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Create",
    method: "PUT",
    path,
    answer(call) {
      const { roleAssignments } = hsmOf(call);
      const { roleAssignmentName: name } = call.params;
      const scope = localScope(call.params);
      if (!/^\/(keys(\/[0-9a-z-]{1,127})?)?$/i.test(scope)) {
        throw new ArmError(400, "BadParameter", `The scope '${scope}' is none of '/', '/keys' and '/keys/<name>'.`);
      }
      const { properties: given = {} } = requestBody(call.request, shape);
      const role = localRoleOf(String(given.roleDefinitionId ?? ""));
      if (role === undefined) throw new ArmError(404, "RoleDefinitionNotFound", "Requested role definition not found");
      if (!given.principalId) throw new ArmError(400, "BadParameter", "The property 'principalId' is required.");
      const twin = [...roleAssignments.values()].find(
        ({ body: { properties } }) =>
          properties.scope.toLowerCase() === scope.toLowerCase() &&
          properties.principalId === given.principalId &&
          localRoleOf(properties.roleDefinitionId) === role,
      );
      if (twin !== undefined || roleAssignments.has(name.toLowerCase())) {
        const message = `The role assignment already exists: ${twin?.body.name ?? name}.`;
        throw new ArmError(409, "RoleAssignmentExists", message);
      }
      const body = localAssignment(scope, given.principalId, role.name, name);
      roleAssignments.set(name.toLowerCase(), { body, effectiveAt: call.now + call.settings.permissionDelayMs });
      return { status: 201, body };
    },
  }),
);

const shape = { properties: { roleDefinitionId: "string", principalId: "string" } } as const;

import { ArmError } from "../../arm/armError.js";
import { page } from "../../arm/list.js";
import { type Call, ok, operation } from "../../arm/operation.js";
import { requestBody } from "../../arm/requestBody.js";
import { isAtOrAbove } from "../../authorization/access.js";
import { assignmentFilter } from "../../authorization/roleAssignments.js";
import type { RoleAssignment } from "../../state/identityRecords.js";
import { localAssignment, localRoleOf } from "../localRoles.js";
import { atScopes, hsmOf, localScope } from "./request.js";

function requireLocalAssignment(call: Call<"scope" | "roleAssignmentName">): RoleAssignment {
  const found = hsmOf(call).roleAssignments.get(call.params.roleAssignmentName.toLowerCase());
  const scope = localScope(call.params).toLowerCase();
  if (found !== undefined && found.body.properties.scope.toLowerCase() === scope) return found;
  throw new ArmError(404, "RoleAssignmentNotFound", "Requested role assignment not found");
}

const get = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Get",
    method: "GET",
    path,
    answer: (call) => ok(requireLocalAssignment(call).body),
  }),
);

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/role-assignments/create */
const create = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Create",
    method: "PUT",
    path,
    answer(call) {
      const { roleAssignments } = hsmOf(call);
      const { roleAssignmentName: name } = call.params;
      const scope = localScope(call.params);
      if (!/^\/(keys(\/[0-9a-z-]{1,127})?)?$/i.test(scope)) {
        throw new ArmError(400, "BadParameter", `The scope '${scope}' must be '/', '/keys' or '/keys/<name>'.`);
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

const remove = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Delete",
    method: "DELETE",
    path,
    answer(call) {
      const { body } = requireLocalAssignment(call);
      hsmOf(call).roleAssignments.delete(body.name.toLowerCase());
      return ok(body);
    },
  }),
);

/** At a scope, above it and below it. */
const listForScope = atScopes("roleAssignments").map((path) =>
  operation({
    name: "RoleAssignments_ListForScope",
    method: "GET",
    path,
    answer(call) {
      const scope = localScope(call.params);
      const wanted = assignmentFilter(call.request.query.get("$filter"), scope);
      const found = [...hsmOf(call).roleAssignments.values()]
        .map(({ body }) => body)
        .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
        .filter(wanted);
      return page(call, found, (assignment) => assignment);
    },
  }),
);

export const localRoleAssignments = [...get, ...create, ...remove, ...listForScope];

import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { listOf, object, optional, text } from "../reading/shapes.js";
import { find, listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { allows, keyActions, type Permission, permission } from "./permissions.js";
import type { HttpResponse, Rights } from "./rights.js";

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope */
const roleAssignment = {
  noun: "a role assignment",
  isInherited: true,
  shape: object({
    properties: object({ roleDefinitionId: text, principalId: text, condition: optional(text) }),
  }),
} satisfies Kind<unknown>;

/** https://learn.microsoft.com/rest/api/authorization/role-definitions/get */
export const roleDefinition = {
  noun: "a role definition",
  notFound: ["RoleDefinitionDoesNotExist", "RoleDefinitionNotFound"],
  shape: object({ properties: object({ permissions: optional(listOf(permission)) }) }),
} satisfies Kind<unknown>;

/** A role that somebody has. Without permissions, it cannot be seen what it allows. */
export interface Role {
  permissions?: Permission[];
  isConditional: boolean;
}

const apiVersion = "2022-04-01";

/** All roles that count at the key: its own, the key vault's, the group's and so on up, and those of the identity's groups. */
export async function byRoles(
  client: ArmClient,
  scope: string,
  principalId: string,
  within: OperationOptions,
): Promise<Rights> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const query = { $filter: `assignedTo('${principalId}')` };
  const assignments = await listAll(client, { path, apiVersion, query }, roleAssignment, within);
  const roles = await Promise.all(
    assignments.map(async ({ properties: { roleDefinitionId, condition } }) => {
      const role = await find(client, { path: roleDefinitionId, apiVersion }, roleDefinition, within);
      return { permissions: role?.properties.permissions, isConditional: Boolean(condition) };
    }),
  );
  return rightsOf(roles, keyActions);
}

export function rightsOf(roles: Role[], actions: typeof keyActions): Rights {
  const may = (action: string): HttpResponse => {
    const granting = roles.filter(({ permissions }) => permissions?.some((each) => allows(each, action)));
    if (granting.some(({ isConditional }) => !isConditional)) return "yes";
    return granting.length > 0 || roles.some(({ permissions }) => !permissions) ? "unknown" : "no";
  };
  return { get: may(actions.get), wrap: may(actions.wrap), unwrap: may(actions.unwrap) };
}

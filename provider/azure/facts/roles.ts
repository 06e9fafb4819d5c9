import type { ArmClient } from "../armClient.js";
import { find, listAll } from "../reads.js";
import type { Within } from "../within.js";
import { allows, keyActions, type Permission } from "./permissions.js";
import type { Answer, Rights } from "./rights.js";

interface RoleAssignment {
  properties: { roleDefinitionId: string; principalId: string; condition?: string | null };
}

export interface RoleDefinition {
  properties: { permissions?: Permission[] };
}

/** A role that somebody has. Without permissions, it cannot be seen what it allows. */
export interface Role {
  permissions?: Permission[];
  isConditional: boolean;
}

const apiVersion = "2022-04-01";

/** All roles that count at the key: its own, the key vault's, the group's and so on up, and those of the identity's groups. */
export async function byRoles(client: ArmClient, scope: string, principalId: string, within: Within): Promise<Rights> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const query = { $filter: `assignedTo('${principalId}')` };
  const assignments = await listAll<RoleAssignment>(client, { path, apiVersion, query }, within);
  const roles = await Promise.all(
    assignments.map(async ({ properties: { roleDefinitionId, condition } }) => {
      const role = await find<RoleDefinition>(client, { path: roleDefinitionId, apiVersion }, within);
      return { permissions: role?.properties.permissions, isConditional: Boolean(condition) };
    }),
  );
  return rightsOf(roles, keyActions);
}

export function rightsOf(roles: Role[], actions: typeof keyActions): Rights {
  const may = (action: string): Answer => {
    const granting = roles.filter(({ permissions }) => permissions?.some((each) => allows(each, action)));
    if (granting.some(({ isConditional }) => !isConditional)) return "yes";
    return granting.length > 0 || roles.some(({ permissions }) => !permissions) ? "unknown" : "no";
  };
  return { get: may(actions.get), wrap: may(actions.wrap), unwrap: may(actions.unwrap) };
}

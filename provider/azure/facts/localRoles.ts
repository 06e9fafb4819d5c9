import type { ArmClient } from "../armClient.js";
import { localApiVersion, localScopes } from "../keyRights/localRoleAssignments.js";
import { find, listAll } from "../reads.js";
import type { Within } from "../within.js";
import type { KeyStoreResource } from "./keyStore.js";
import { localKeyActions } from "./permissions.js";
import type { Access } from "./rights.js";
import { type RoleDefinition, rightsOf } from "./roles.js";

interface LocalRoleAssignment {
  properties: { roleDefinitionId?: string; principalId?: string; scope?: string };
}

/** A Managed HSM keeps roles of its own, out of Resource Manager's sight; those of groups are not among them. */
export async function byLocalRoles(
  client: ArmClient,
  { properties }: KeyStoreResource,
  key: string,
  principalId: string,
  within: Within,
): Promise<Access> {
  const at = (scope: string) => client.managedHsm(properties.hsmUri ?? "", scope);
  const path = "/providers/Microsoft.Authorization/roleAssignments";
  const query = { $filter: `principalId eq '${principalId}'` };
  const { Key } = localScopes(key);
  const found = await listAll<LocalRoleAssignment>(at(Key), { path, apiVersion: localApiVersion, query }, within);
  const counting = found.filter(
    ({ properties: { scope = "", principalId: whose = "" } }) =>
      ["/", "/keys", Key].some((each) => each.toLowerCase() === (scope.replace(/\/$/, "") || "/").toLowerCase()) &&
      whose.toLowerCase() === principalId.toLowerCase(),
  );
  const roles = await Promise.all(
    counting.map(async ({ properties: { roleDefinitionId = "" } }) => {
      const name = roleDefinitionId.split("/").at(-1) ?? "";
      const definition = {
        path: `/providers/Microsoft.Authorization/roleDefinitions/${name}`,
        apiVersion: localApiVersion,
      };
      const role = await find<RoleDefinition>(at("/"), definition, within);
      return { permissions: role?.properties.permissions, isConditional: false };
    }),
  );
  return { ...rightsOf(roles, localKeyActions), proven: false };
}

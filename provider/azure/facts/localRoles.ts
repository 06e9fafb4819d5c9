import type { ArmClient } from "../armClient.js";
import { localApiVersion, localScopes } from "../keyRights/localRoleAssignments.js";
import type { Kind } from "../reading/kind.js";
import { object, optional, text } from "../reading/shapes.js";
import { find, listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import type { KeyStoreResource } from "./keyStore.js";
import { localKeyActions } from "./permissions.js";
import type { Access } from "./rights.js";
import { rightsOf, roleDefinition } from "./roles.js";

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/role-assignments/list-for-scope */
const localRoleAssignment = {
  noun: "a role assignment of a Managed HSM",
  isInherited: true,
  shape: object({
    properties: object({ roleDefinitionId: optional(text), principalId: optional(text), scope: optional(text) }),
  }),
} satisfies Kind<unknown>;

/** A Managed HSM keeps roles of its own, out of Resource Manager's sight; those of groups are not among them. */
export async function byLocalRoles(
  client: ArmClient,
  { properties }: KeyStoreResource,
  key: string,
  principalId: string,
  within: OperationOptions,
): Promise<Access> {
  const at = (scope: string) => client.managedHsm(properties.hsmUri ?? "", scope);
  const path = "/providers/Microsoft.Authorization/roleAssignments";
  const query = { $filter: `principalId eq '${principalId}'` };
  const { Key } = localScopes(key);
  const found = await listAll(at(Key), { path, apiVersion: localApiVersion, query }, localRoleAssignment, within);
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
      const role = await find(at("/"), definition, roleDefinition, within);
      return { permissions: role?.properties.permissions, isConditional: false };
    }),
  );
  return { ...rightsOf(roles, localKeyActions), proven: false };
}

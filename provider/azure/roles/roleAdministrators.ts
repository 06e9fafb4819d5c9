import { authorizationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, object, shown, text } from "../reading/shapes.js";

export interface RoleAdministrator {
  principalId: string;
  /** `User`, `Group`, `ServicePrincipal`, ... */
  principalType?: string;
  /** The name of the role that lets it assign others. */
  role: string;
}

/** The built-in roles that may assign roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const administrating: Record<string, string> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope */
const assignment = {
  noun: "a role assignment",
  isInherited: true,
  shape: object({ properties: object({ roleDefinitionId: text, principalId: text, principalType: shown }) }),
} satisfies Kind<unknown>;

/** Who may assign roles at a scope by an active assignment of a built-in role, there or above. One list, whoever they are. */
export async function roleAdministrators(
  client: ArmClient,
  scope: string,
  options: OperationOptions,
): Promise<RoleAdministrator[]> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const query = { $filter: "atScope()" };
  const all = await listAll(client, { path, apiVersion: authorizationApiVersion, query }, assignment, options);
  return all.flatMap(({ properties: { roleDefinitionId, principalId, principalType } }) => {
    const role = administrating[roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? ""];
    return role === undefined ? [] : [{ principalId, ...(principalType !== undefined && { principalType }), role }];
  });
}

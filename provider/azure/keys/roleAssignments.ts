import { authorizationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { findListed } from "../arm/findListed.js";
import { find, listAll, missing, read } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, object, optional, text } from "../reading/shapes.js";
import { keyActions, permission, type Rights, rightsOf } from "./rights.js";

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/get */
const roleAssignment = {
  noun: "a role assignment",
  notFound: ["RoleAssignmentNotFound"],
  isInherited: true,
  shape: object({ id: text, properties: object({ roleDefinitionId: text, principalId: text }) }),
} satisfies Kind<unknown>;

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope */
const heldRole = {
  ...roleAssignment,
  shape: object({
    properties: object({
      roleDefinitionId: text,
      principalId: text,
      condition: optional(text),
      scope: optional(text),
    }),
  }),
} satisfies Kind<unknown>;

/** https://learn.microsoft.com/rest/api/authorization/role-definitions/get */
export const roleDefinition = {
  noun: "a role definition",
  notFound: ["RoleDefinitionDoesNotExist", "RoleDefinitionNotFound"],
  shape: object({ properties: object({ permissions: optional(listOf(permission)) }) }),
} satisfies Kind<unknown>;

/** The roles that a principal has at a scope, also by scopes above and by its groups. */
export async function rolesAt(client: ArmClient, scope: string, principalId: string, options: OperationOptions) {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const query = { $filter: `assignedTo('${principalId}')` };
  const held = await listAll(client, { path, apiVersion: authorizationApiVersion, query }, heldRole, options);
  return held.map(({ properties: { roleDefinitionId, condition, scope: where } }) => ({
    roleDefinitionId,
    isConditional: Boolean(condition),
    scope: where,
  }));
}

/** All roles that count at the key: its own, the key vault's, the group's and so on up, and those of the identity's groups. */
export async function byRoles(
  client: ArmClient,
  scope: string,
  principalId: string,
  options: OperationOptions,
): Promise<Rights> {
  const assignments = await rolesAt(client, scope, principalId, options);
  const roles = await Promise.all(
    assignments.map(async ({ roleDefinitionId, isConditional }) => {
      const role = await find(
        client,
        { path: roleDefinitionId, apiVersion: authorizationApiVersion },
        roleDefinition,
        options,
      );
      return { permissions: role?.properties.permissions, isConditional };
    }),
  );
  return rightsOf(roles, keyActions);
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignments */
export interface RoleAssignments {
  exists(id: string, options: OperationOptions): Promise<boolean>;
  /** The same id with the same content may be created twice. */
  create(
    id: string,
    assignment: { principalId: string; roleDefinitionId: string },
    options: OperationOptions,
  ): Promise<void>;
  /** That it is gone already is no error. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

export const createRoleAssignments = (client: ArmClient): RoleAssignments => ({
  async exists(id, options) {
    const at = {
      path: id.slice(0, id.lastIndexOf("/")),
      apiVersion: authorizationApiVersion,
      query: { $filter: "atScope()" },
    };
    const found = await findListed({
      path: id,
      notFound: roleAssignment.notFound,
      get: () => read(client, { path: id, apiVersion: authorizationApiVersion }, roleAssignment, options),
      list: () => listAll(client, at, roleAssignment, options),
    });
    return found !== undefined;
  },
  async create(id, assignment, options) {
    // With its type, a principal is taken that the directory does not know yet:
    // https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
    const body = { properties: { ...assignment, principalType: "ServicePrincipal" } };
    await client.send({ method: "PUT", path: id, apiVersion: authorizationApiVersion, body }, options);
  },
  async delete(id, options) {
    try {
      await client.send({ method: "DELETE", path: id, apiVersion: authorizationApiVersion }, options);
    } catch (error) {
      if (!missing(error, id, roleAssignment)) throw error;
    }
  },
});

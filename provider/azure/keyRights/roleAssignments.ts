import type { ArmClient } from "../armClient.js";
import { findListed } from "../findListed.js";
import type { Kind } from "../reading/kind.js";
import { object, text } from "../reading/shapes.js";
import { listAll, missing, read } from "../reads.js";
import type { OperationOptions } from "../within.js";

/** https://learn.microsoft.com/rest/api/authorization/role-assignments */
export interface RoleAssignments {
  exists(id: string, within: OperationOptions): Promise<boolean>;
  /** The same id with the same content may be created twice. */
  create(
    id: string,
    assignment: { principalId: string; roleDefinitionId: string },
    within: OperationOptions,
  ): Promise<void>;
  /** That it is gone already is no error. */
  delete(id: string, within: OperationOptions): Promise<void>;
}

const roleAssignment = {
  noun: "a role assignment",
  notFound: ["RoleAssignmentNotFound"],
  isInherited: true,
  shape: object({ id: text, properties: object({ roleDefinitionId: text, principalId: text }) }),
} satisfies Kind<unknown>;

const apiVersion = "2022-04-01";

export const createRoleAssignments = (client: ArmClient): RoleAssignments => ({
  async exists(id, within) {
    const at = { path: id.slice(0, id.lastIndexOf("/")), apiVersion, query: { $filter: "atScope()" } };
    const found = await findListed({
      path: id,
      notFound: roleAssignment.notFound,
      get: () => read(client, { path: id, apiVersion }, roleAssignment, within),
      list: () => listAll(client, at, roleAssignment, within),
    });
    return found !== undefined;
  },
  async create(id, assignment, within) {
    // With its type, a principal is taken that the directory does not know yet:
    // https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
    const body = { properties: { ...assignment, principalType: "ServicePrincipal" } };
    await client.send({ method: "PUT", path: id, apiVersion, body }, within);
  },
  async delete(id, within) {
    try {
      await client.send({ method: "DELETE", path: id, apiVersion }, within);
    } catch (error) {
      if (!missing(error, id, roleAssignment)) throw error;
    }
  },
});

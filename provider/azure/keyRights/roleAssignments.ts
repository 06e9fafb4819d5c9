import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

/** https://learn.microsoft.com/rest/api/authorization/role-assignments */
export interface RoleAssignments {
  exists(id: string, within: Within): Promise<boolean>;
  /** The same id with the same content may be created twice. */
  create(id: string, assignment: { principalId: string; roleDefinitionId: string }, within: Within): Promise<void>;
  /** That it is gone already is no error. */
  delete(id: string, within: Within): Promise<void>;
}

const apiVersion = "2022-04-01";

export const createRoleAssignments = (client: ArmClient): RoleAssignments => ({
  exists: async (id, within) => (await find(client, { path: id, apiVersion }, within)) !== undefined,
  async create(id, assignment, within) {
    // With its type, a principal is taken that the directory does not know yet:
    // https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
    const body = { properties: { ...assignment, principalType: "ServicePrincipal" } };
    await client.send({ method: "PUT", path: id, apiVersion, body }, within);
  },
  async delete(id, within) {
    await client.send({ method: "DELETE", path: id, apiVersion }, within);
  },
});

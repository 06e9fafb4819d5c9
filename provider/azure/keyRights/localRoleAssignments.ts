import type { ArmClient } from "../armClient.js";
import { getKeyStore } from "../facts/keyStore.js";
import { findListed } from "../findListed.js";
import type { Kind } from "../reading/kind.js";
import { object, text } from "../reading/shapes.js";
import { listAll, missing, read } from "../reads.js";
import type { OperationOptions } from "../within.js";

/** Where in a Managed HSM: `/`, or `/keys/{name}`. */
export interface LocalPlace {
  /** ARM id of the Managed HSM. */
  storeId: string;
  scope: string;
  /** A GUID. */
  name: string;
}

/**
 * Roles inside a Managed HSM, which its data plane gives.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/role-assignments
 */
export interface LocalRoleAssignments {
  exists(place: LocalPlace, within: OperationOptions): Promise<boolean>;
  create(
    place: LocalPlace,
    assignment: { principalId: string; roleId: string },
    within: OperationOptions,
  ): Promise<void>;
  /** That it, or the Managed HSM, is gone already is no error. */
  delete(place: LocalPlace, within: OperationOptions): Promise<void>;
}

const localRoleAssignment = {
  noun: "a role assignment of a Managed HSM",
  notFound: ["RoleAssignmentNotFound"],
  isInherited: true,
  shape: object({ name: text, properties: object({ roleDefinitionId: text, principalId: text }) }),
} satisfies Kind<unknown>;

export const localApiVersion = "7.4";

/** Where a role is given for one key, and for all. https://learn.microsoft.com/azure/key-vault/managed-hsm/access-control */
export const localScopes = (key: string) => ({ Key: `/keys/${key}`, KeyVault: "/" });

export function createLocalRoleAssignments(client: ArmClient): LocalRoleAssignments {
  async function serviceAt({ storeId, scope }: LocalPlace, within: OperationOptions) {
    const store = await getKeyStore(client, storeId, within);
    return store && client.managedHsm(store.properties.hsmUri ?? "", scope);
  }
  const listPath = "/providers/Microsoft.Authorization/roleAssignments";
  const pathOf = ({ name }: LocalPlace) => `${listPath}/${name}`;
  const apiVersion = localApiVersion;

  return {
    async exists(place, within) {
      const service = await serviceAt(place, within);
      if (!service) return false;
      const at = { path: listPath, apiVersion, query: { $filter: "atScope()" } };
      const found = await findListed({
        path: pathOf(place),
        notFound: localRoleAssignment.notFound,
        get: () => read(service, { path: pathOf(place), apiVersion }, localRoleAssignment, within),
        // By its name alone: what stands before it is the scope, which is not in our path.
        list: async () =>
          (await listAll(service, at, localRoleAssignment, within)).map((each) => ({
            ...each,
            id: `${listPath}/${each.name}`,
          })),
      });
      return found !== undefined;
    },
    async create(place, { principalId, roleId }, within) {
      const service = await serviceAt(place, within);
      if (!service) throw new Error(`${place.storeId} does not exist any more.`);
      const roleDefinitionId = `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
      const body = { properties: { principalId, roleDefinitionId } };
      await service.send({ method: "PUT", path: pathOf(place), apiVersion, body }, within);
    },
    async delete(place, within) {
      const service = await serviceAt(place, within);
      try {
        await service?.send({ method: "DELETE", path: pathOf(place), apiVersion }, within);
      } catch (error) {
        if (!missing(error, pathOf(place), localRoleAssignment)) throw error;
      }
    },
  };
}

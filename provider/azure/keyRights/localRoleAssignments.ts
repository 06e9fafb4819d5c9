import type { ArmClient } from "../armClient.js";
import { isArmError } from "../errors/armError.js";
import { getKeyStore } from "../facts/keyStore.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

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
  exists(place: LocalPlace, within: Within): Promise<boolean>;
  create(place: LocalPlace, assignment: { principalId: string; roleId: string }, within: Within): Promise<void>;
  /** That it, or the Managed HSM, is gone already is no error. */
  delete(place: LocalPlace, within: Within): Promise<void>;
}

export const localApiVersion = "7.4";

/** Where a role is given for one key, and for all. https://learn.microsoft.com/azure/key-vault/managed-hsm/access-control */
export const localScopes = (key: string) => ({ Key: `/keys/${key}`, KeyVault: "/" });

export function createLocalRoleAssignments(client: ArmClient): LocalRoleAssignments {
  async function serviceAt({ storeId, scope }: LocalPlace, within: Within) {
    const store = await getKeyStore(client, storeId, within);
    return store && client.managedHsm(store.properties.hsmUri ?? "", scope);
  }
  const pathOf = ({ name }: LocalPlace) => `/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const apiVersion = localApiVersion;

  return {
    async exists(place, within) {
      const service = await serviceAt(place, within);
      return service !== undefined && (await find(service, { path: pathOf(place), apiVersion }, within)) !== undefined;
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
        if (!isArmError(error) || error.status !== 404) throw error;
      }
    },
  };
}

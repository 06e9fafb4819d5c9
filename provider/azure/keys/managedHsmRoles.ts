import { managedHsmApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { findListed } from "../arm/findListed.js";
import { find, listAll, missing, read } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, object, optional, text } from "../reading/shapes.js";
import { getKeyStore, type KeyStoreResource } from "./keyStore.js";
import { type Access, localKeyActions, rightsOf } from "./rights.js";
import { roleDefinition } from "./roleAssignments.js";

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/role-assignments/list-for-scope */
const localRoleAssignment = {
  noun: "a role assignment of a Managed HSM",
  notFound: ["RoleAssignmentNotFound"],
  isInherited: true,
  shape: object({ name: text, properties: object({ roleDefinitionId: text, principalId: text }) }),
} satisfies Kind<unknown>;

/** Of all that a principal has, those count that name it, a role and a scope. */
const heldLocalRole = {
  ...localRoleAssignment,
  shape: object({
    properties: object({ roleDefinitionId: optional(text), principalId: optional(text), scope: optional(text) }),
  }),
} satisfies Kind<unknown>;

/** Where a role is given for one key, and for all. https://learn.microsoft.com/azure/key-vault/managed-hsm/access-control */
export const localScopes = (key: string) => ({ Key: `/keys/${key}`, KeyVault: "/" });

/** A Managed HSM keeps roles of its own, out of Resource Manager's sight; those of groups are not among them. */
export async function byLocalRoles(
  client: ArmClient,
  { properties }: KeyStoreResource,
  key: string,
  principalId: string,
  options: OperationOptions,
): Promise<Access> {
  const at = (scope: string) => client.managedHsm(properties.hsmUri ?? "", scope);
  const path = "/providers/Microsoft.Authorization/roleAssignments";
  const query = { $filter: `principalId eq '${principalId}'` };
  const { Key } = localScopes(key);
  const found = await listAll(at(Key), { path, apiVersion: managedHsmApiVersion, query }, heldLocalRole, options);
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
        apiVersion: managedHsmApiVersion,
      };
      const role = await find(at("/"), definition, roleDefinition, options);
      return { permissions: role?.properties.permissions, isConditional: false };
    }),
  );
  return { ...rightsOf(roles, localKeyActions), proven: false };
}

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
  exists(place: LocalPlace, options: OperationOptions): Promise<boolean>;
  create(
    place: LocalPlace,
    assignment: { principalId: string; roleId: string },
    options: OperationOptions,
  ): Promise<void>;
  /** That it, or the Managed HSM, is gone already is no error. */
  delete(place: LocalPlace, options: OperationOptions): Promise<void>;
}

export function createLocalRoleAssignments(client: ArmClient): LocalRoleAssignments {
  async function serviceAt({ storeId, scope }: LocalPlace, options: OperationOptions) {
    const store = await getKeyStore(client, storeId, options);
    return store && client.managedHsm(store.properties.hsmUri ?? "", scope);
  }
  const listPath = "/providers/Microsoft.Authorization/roleAssignments";
  const pathOf = ({ name }: LocalPlace) => `${listPath}/${name}`;

  return {
    async exists(place, options) {
      const service = await serviceAt(place, options);
      if (!service) return false;
      const at = { path: listPath, apiVersion: managedHsmApiVersion, query: { $filter: "atScope()" } };
      const found = await findListed({
        path: pathOf(place),
        notFound: localRoleAssignment.notFound,
        get: () =>
          read(service, { path: pathOf(place), apiVersion: managedHsmApiVersion }, localRoleAssignment, options),
        // By its name alone: what stands before it is the scope, which is not in our path.
        list: async () =>
          (await listAll(service, at, localRoleAssignment, options)).map((each) => ({
            ...each,
            id: `${listPath}/${each.name}`,
          })),
      });
      return found !== undefined;
    },
    async create(place, { principalId, roleId }, options) {
      const service = await serviceAt(place, options);
      if (!service) throw new Error(`${place.storeId} no longer exists.`);
      const roleDefinitionId = `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
      const body = { properties: { principalId, roleDefinitionId } };
      await service.send({ method: "PUT", path: pathOf(place), apiVersion: managedHsmApiVersion, body }, options);
    },
    async delete(place, options) {
      const service = await serviceAt(place, options);
      try {
        await service?.send({ method: "DELETE", path: pathOf(place), apiVersion: managedHsmApiVersion }, options);
      } catch (error) {
        if (!missing(error, pathOf(place), localRoleAssignment)) throw error;
      }
    },
  };
}

import type { ArmClient } from "../arm/armClient.js";
import type { OperationOptions } from "../http/deadline.js";
import { type AccessPolicies, byPolicies, createAccessPolicies } from "./accessPolicies.js";
import { readDenied } from "./denyAssignments.js";
import type { KeyAddress, KeyStoreResource } from "./keyStore.js";
import { byLocalRoles, createLocalRoleAssignments, type LocalRoleAssignments } from "./managedHsmRoles.js";
import type { Access } from "./rights.js";
import { byRoles, createRoleAssignments, type RoleAssignments } from "./roleAssignments.js";

/** Where a key lies, and how rights on it are given there. */
export interface KeyPlace {
  kind: KeyAddress["kind"];
  /** ARM id of the key vault or Managed HSM. */
  storeId: string;
  /** The key's name. */
  key: string;
  /** ARM id of the key. */
  keyId: string;
  /** By role assignments, by access policies, or by roles inside a Managed HSM. */
  by: "Roles" | "Policies" | "LocalRoles";
  tenantId?: string;
}

/** Rights on keys: what a principal has, and ways to give it more. */
export interface KeyRights {
  place(keyUri: string, options: OperationOptions): Promise<KeyPlace>;
  of(keyUri: string, principalId: string, options: OperationOptions): Promise<Access>;
  roleAssignments: RoleAssignments;
  localRoleAssignments: LocalRoleAssignments;
  accessPolicies: AccessPolicies;
}

interface KeyLookups {
  keyStore(keyUri: string, options: OperationOptions): Promise<{ address: KeyAddress; store: KeyStoreResource }>;
  access(address: KeyAddress, store: KeyStoreResource, principalId: string, options: OperationOptions): Promise<Access>;
}

export const createKeyRights = (client: ArmClient, { keyStore, access }: KeyLookups): KeyRights => ({
  async place(keyUri, options) {
    const { address, store } = await keyStore(keyUri, options);
    const { enableRbacAuthorization, tenantId } = store.properties;
    const { kind, key } = address;
    const by = kind === "ManagedHsm" ? "LocalRoles" : enableRbacAuthorization === true ? "Roles" : "Policies";
    return { kind, storeId: store.id, key, keyId: `${store.id}/keys/${key}`, by, tenantId };
  },
  async of(keyUri, principalId, options) {
    const { address, store } = await keyStore(keyUri, options);
    return access(address, store, principalId, options);
  },
  roleAssignments: createRoleAssignments(client),
  localRoleAssignments: createLocalRoleAssignments(client),
  accessPolicies: createAccessPolicies(client),
});

export async function readAccess(
  client: ArmClient,
  { kind, key }: KeyAddress,
  store: KeyStoreResource,
  principalId: string | undefined,
  options: OperationOptions,
): Promise<Access> {
  // An identity that does not exist cannot have been given anything: Azure makes it with the write that needs it.
  if (principalId === undefined) return { get: "no", wrap: "no", unwrap: "no", proven: true };
  if (kind === "ManagedHsm") return byLocalRoles(client, store, key, principalId, options);
  if (!store.properties.enableRbacAuthorization) return byPolicies(store, principalId);
  const scope = `${store.id}/keys/${key}`;
  const [granted, denied] = await Promise.all([
    byRoles(client, scope, principalId, options),
    readDenied(client, scope, principalId, options),
  ]);
  return { ...granted, ...denied, proven: denied.deniedBy !== undefined };
}

import type { ArmClient } from "../armClient.js";
import type { KeyStoreResource } from "../facts/keyStore.js";
import type { KeyAddress } from "../facts/keyUri.js";
import type { Access } from "../facts/rights.js";
import type { OperationOptions } from "../within.js";
import { type AccessPolicies, createAccessPolicies } from "./accessPolicies.js";
import { createLocalRoleAssignments, type LocalRoleAssignments } from "./localRoleAssignments.js";
import { createRoleAssignments, type RoleAssignments } from "./roleAssignments.js";

export type { AccessPolicies, AccessPolicy } from "./accessPolicies.js";
export { type LocalPlace, localScopes } from "./localRoleAssignments.js";

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
  place(keyUri: string, within: OperationOptions): Promise<KeyPlace>;
  of(keyUri: string, principalId: string, within: OperationOptions): Promise<Access>;
  roleAssignments: RoleAssignments;
  localRoleAssignments: LocalRoleAssignments;
  accessPolicies: AccessPolicies;
}

interface Readers {
  keyStore(keyUri: string, within: OperationOptions): Promise<{ address: KeyAddress; store: KeyStoreResource }>;
  access(address: KeyAddress, store: KeyStoreResource, principalId: string, within: OperationOptions): Promise<Access>;
}

export const createKeyRights = (client: ArmClient, { keyStore, access }: Readers): KeyRights => ({
  async place(keyUri, within) {
    const { address, store } = await keyStore(keyUri, within);
    const { enableRbacAuthorization, tenantId } = store.properties;
    const { kind, key } = address;
    const by = kind === "ManagedHsm" ? "LocalRoles" : enableRbacAuthorization === true ? "Roles" : "Policies";
    return { kind, storeId: store.id, key, keyId: `${store.id}/keys/${key}`, by, tenantId };
  },
  async of(keyUri, principalId, within) {
    const { address, store } = await keyStore(keyUri, within);
    return access(address, store, principalId, within);
  },
  roleAssignments: createRoleAssignments(client),
  localRoleAssignments: createLocalRoleAssignments(client),
  accessPolicies: createAccessPolicies(client),
});

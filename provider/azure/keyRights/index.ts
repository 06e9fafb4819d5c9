import type { ArmClient } from "../armClient.js";
import type { Access } from "../facts/access.js";
import type { KeyStoreResource } from "../facts/keyStore.js";
import type { KeyAddress } from "../facts/keyUri.js";
import type { Within } from "../within.js";
import { type AccessPolicies, createAccessPolicies } from "./accessPolicies.js";
import { createRoleAssignments, type RoleAssignments } from "./roleAssignments.js";

/** Where a key lies, and how rights on it are given there. */
export interface KeyPlace {
  kind: KeyAddress["kind"];
  /** ARM id of the key vault. */
  storeId: string;
  /** ARM id of the key. */
  keyId: string;
  /** By role assignments; else by access policies. */
  byRoles: boolean;
  tenantId?: string;
}

/** Rights on keys: what a principal has, and ways to give it more. */
export interface KeyRights {
  place(keyUri: string, within: Within): Promise<KeyPlace>;
  of(keyUri: string, principalId: string, within: Within): Promise<Access>;
  roleAssignments: RoleAssignments;
  accessPolicies: AccessPolicies;
}

interface Readers {
  keyStore(keyUri: string, within: Within): Promise<{ address: KeyAddress; store: KeyStoreResource }>;
  access(address: KeyAddress, store: KeyStoreResource, principalId: string, within: Within): Promise<Access>;
}

export const createKeyRights = (client: ArmClient, { keyStore, access }: Readers): KeyRights => ({
  async place(keyUri, within) {
    const { address, store } = await keyStore(keyUri, within);
    const { enableRbacAuthorization, tenantId } = store.properties;
    const keyId = `${store.id}/keys/${address.key}`;
    return { kind: address.kind, storeId: store.id, keyId, byRoles: enableRbacAuthorization === true, tenantId };
  },
  async of(keyUri, principalId, within) {
    const { address, store } = await keyStore(keyUri, within);
    return access(address, store, principalId, within);
  },
  roleAssignments: createRoleAssignments(client),
  accessPolicies: createAccessPolicies(client),
});

import type { ArmClient } from "../armClient.js";
import { getKeyStore, keyVaultApiVersion } from "../facts/keyStore.js";
import type { Within } from "../within.js";

/** A principal's rights in a key vault that has access policies; ours are those on keys. */
export interface AccessPolicy {
  tenantId?: string;
  objectId: string;
  permissions: { keys: string[] };
}

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/update-access-policy */
export interface AccessPolicies {
  /** What the principal may do with keys of the vault. Undefined: there is no such key vault. */
  keysOf(storeId: string, objectId: string, within: Within): Promise<string[] | undefined>;
  /** Other principals' policies, and what this one has besides, stay. */
  add(storeId: string, policy: AccessPolicy, within: Within): Promise<void>;
  remove(storeId: string, policy: AccessPolicy, within: Within): Promise<void>;
}

export function createAccessPolicies(client: ArmClient): AccessPolicies {
  async function write(operation: "add" | "remove", storeId: string, policy: AccessPolicy, within: Within) {
    const path = `${storeId}/accessPolicies/${operation}`;
    const body = { properties: { accessPolicies: [policy] } };
    await client.send({ method: "PUT", path, apiVersion: keyVaultApiVersion, body }, within);
  }
  return {
    async keysOf(storeId, objectId, within) {
      const store = await getKeyStore(client, storeId, within);
      return store?.properties.accessPolicies
        ?.filter((each) => each.objectId.toLowerCase() === objectId.toLowerCase())
        .flatMap(({ permissions }) => permissions?.keys ?? []);
    },
    add: (storeId, policy, within) => write("add", storeId, policy, within),
    remove: (storeId, policy, within) => write("remove", storeId, policy, within),
  };
}

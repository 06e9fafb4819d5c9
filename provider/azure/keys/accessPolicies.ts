import { keyVaultApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import type { OperationOptions } from "../http/deadline.js";
import { getKeyStore, type KeyStoreResource } from "./keyStore.js";
import type { Access, HasRight } from "./rights.js";

/** A principal's rights in a key vault that has access policies; ours are those on keys. */
export interface AccessPolicy {
  objectId: string;
  /** The application through which the principal has them. Absent: it has them by itself, which is another policy. */
  applicationId?: string;
  keys: string[];
}

/**
 * Each change is one request, and about the policies that it names: no other is touched. Microsoft's reference does not
 * say so, see decisions/access-policies.md.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/update-access-policy
 */
export interface AccessPolicies {
  /** A principal's, with the key vault's tenant. Undefined: there is no such key vault. */
  of(
    storeId: string,
    objectId: string,
    options: OperationOptions,
  ): Promise<{ tenantId?: string; policies: AccessPolicy[] } | undefined>;
  /** What the policies have already stays. */
  add(
    storeId: string,
    tenantId: string | undefined,
    policies: AccessPolicy[],
    options: OperationOptions,
  ): Promise<void>;
  /** Only what is named, in the spelling that it has there. What is not there is no error. */
  remove(
    storeId: string,
    tenantId: string | undefined,
    policies: AccessPolicy[],
    options: OperationOptions,
  ): Promise<void>;
}

export function createAccessPolicies(client: ArmClient): AccessPolicies {
  const write =
    (operation: "add" | "remove"): AccessPolicies["add"] =>
    async (storeId, tenantId, policies, options) => {
      const path = `${storeId}/accessPolicies/${operation}`;
      const accessPolicies = policies.map(({ keys, ...who }) => ({ tenantId, ...who, permissions: { keys } }));
      await client.send(
        { method: "PUT", path, apiVersion: keyVaultApiVersion, body: { properties: { accessPolicies } } },
        options,
      );
    };
  return {
    async of(storeId, objectId, options) {
      const store = await getKeyStore(client, storeId, options);
      if (!store) return undefined;
      const { tenantId, accessPolicies = [] } = store.properties;
      const policies = accessPolicies
        .filter((each) => each.objectId.toLowerCase() === objectId.toLowerCase())
        .map((each) => ({
          objectId: each.objectId,
          applicationId: each.applicationId,
          keys: each.permissions?.keys ?? [],
        }));
      return { tenantId, policies };
    },
    add: write("add"),
    remove: write("remove"),
  };
}

/** What the access policies of a key vault give to a principal. */
export function byPolicies({ properties }: KeyStoreResource, principalId: string): Access {
  const rights = (properties.accessPolicies ?? [])
    // What it may do through an application only is nothing that a vault's identity could use.
    .filter((each) => each.objectId.toLowerCase() === principalId.toLowerCase() && !each.applicationId)
    .flatMap(({ permissions }) => permissions?.keys ?? [])
    .map((right) => right.toLowerCase());
  const may = (right: string): HasRight => (rights.includes(right) || rights.includes("all") ? "yes" : "no");
  return { get: may("get"), wrap: may("wrapkey"), unwrap: may("unwrapkey"), proven: true };
}

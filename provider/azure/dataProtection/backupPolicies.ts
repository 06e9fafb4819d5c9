import { apiVersion, contentWriteApiVersion } from "../arm/apiVersions.js";
import { type ArmClient, operationName } from "../arm/armClient.js";
import { findInVault } from "../arm/inVault.js";
import { listAll, missing } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { one } from "../reading/responses.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";
import type { BackupVaults } from "./backupVaults.js";

const dataStore = object({ dataStoreType: optional(text) });
export type DataStore = Of<typeof dataStore>;

/** A backup rule has a `dataStore`, a retention rule `lifecycles`. */
const policyRule = object({
  dataStore: optional(dataStore),
  lifecycles: optional(
    listOf(
      object({
        sourceDataStore: optional(dataStore),
        targetDataStoreCopySettings: optional(listOf(object({ dataStore: optional(dataStore) }))),
      }),
    ),
  ),
});

/** https://learn.microsoft.com/rest/api/dataprotection/backup-policies/get */
export const backupPolicy = {
  noun: "a backup policy",
  shape: object({
    id: text,
    name: text,
    properties: object({ policyRules: optional(listOf(policyRule)), datasourceTypes: optional(listOf(text)) }),
  }),
} satisfies Kind<unknown>;
export type BackupPolicyResource = Of<typeof backupPolicy.shape>;

export interface BackupPolicies {
  get(id: string, options: OperationOptions): Promise<BackupPolicyResource | undefined>;
  list(vaultId: string, options: OperationOptions): Promise<BackupPolicyResource[]>;
  /** Azure does both at once, without an operation to wait for. It updates no policy that exists. */
  createOrUpdate(id: string, body: object, options: OperationOptions): Promise<BackupPolicyResource>;
  /** Succeeds also where there is no such policy. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

/** @param vaults tells whether a 404 is about the policy or about its vault */
export function createBackupPolicies(client: ArmClient, vaults: Pick<BackupVaults, "get">): BackupPolicies {
  const list: BackupPolicies["list"] = (vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupPolicies`, apiVersion }, backupPolicy, options);
  return {
    list,

    get: (id, options) =>
      findInVault<BackupPolicyResource>(client, vaults, id, backupPolicy, (vaultId) => list(vaultId, options), options),

    async createOrUpdate(id, body, options) {
      const request = { method: "PUT", path: id, apiVersion: contentWriteApiVersion, body } as const;
      const response = await client.send(request, options);
      return one(backupPolicy)(response, id, operationName("PUT", id));
    },

    async delete(id, options) {
      try {
        await client.send({ method: "DELETE", path: id, apiVersion }, options);
      } catch (error) {
        if (missing(error, id) === undefined) throw error;
      }
    },
  };
}

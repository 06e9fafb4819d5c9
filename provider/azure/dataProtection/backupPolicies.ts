import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find, listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";

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
  shape: object({ id: text, name: text, properties: object({ policyRules: optional(listOf(policyRule)) }) }),
} satisfies Kind<unknown>;
export type BackupPolicyResource = Of<typeof backupPolicy.shape>;

export interface BackupPolicies {
  get(id: string, options: OperationOptions): Promise<BackupPolicyResource | undefined>;
  list(vaultId: string, options: OperationOptions): Promise<BackupPolicyResource[]>;
}

export const createBackupPolicies = (client: ArmClient): BackupPolicies => ({
  get: (id, options) => find(client, { path: id, apiVersion }, backupPolicy, options),
  list: (vaultId, options) => listAll(client, { path: `${vaultId}/backupPolicies`, apiVersion }, backupPolicy, options),
});

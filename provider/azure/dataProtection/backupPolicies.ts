import type { ArmClient } from "../armClient.js";
import { find, listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import { type BackupPolicyResource, backupPolicy } from "./backupPolicyResource.js";

export interface BackupPolicies {
  get(id: string, within: OperationOptions): Promise<BackupPolicyResource | undefined>;
  list(vaultId: string, within: OperationOptions): Promise<BackupPolicyResource[]>;
}

export const createBackupPolicies = (client: ArmClient): BackupPolicies => ({
  get: (id, within) => find(client, { path: id, apiVersion }, backupPolicy, within),
  list: (vaultId, within) => listAll(client, { path: `${vaultId}/backupPolicies`, apiVersion }, backupPolicy, within),
});

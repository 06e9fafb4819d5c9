import type { ArmClient } from "../armClient.js";
import { find, listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import { type BackupInstanceResource, backupInstance } from "./backupInstanceResource.js";

export interface BackupInstances {
  get(id: string, within: OperationOptions): Promise<BackupInstanceResource | undefined>;
  /** All that are not deleted. */
  list(vaultId: string, within: OperationOptions): Promise<BackupInstanceResource[]>;
}

export const createBackupInstances = (client: ArmClient): BackupInstances => ({
  get: (id, within) => find(client, { path: id, apiVersion }, backupInstance, within),
  list: (vaultId, within) =>
    listAll(client, { path: `${vaultId}/backupInstances`, apiVersion }, backupInstance, within),
});

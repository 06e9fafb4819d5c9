import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import { type DeletedBackupInstanceResource, deletedBackupInstance } from "./backupInstanceResource.js";

export interface DeletedBackupInstances {
  /** The soft-deleted ones. */
  list(vaultId: string, within: OperationOptions): Promise<DeletedBackupInstanceResource[]>;
}

export const createDeletedBackupInstances = (client: ArmClient): DeletedBackupInstances => ({
  list: (vaultId, within) =>
    listAll(client, { path: `${vaultId}/deletedBackupInstances`, apiVersion }, deletedBackupInstance, within),
});

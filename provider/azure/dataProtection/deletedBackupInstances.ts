import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { Within } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import type { BackupInstance } from "./backupInstanceResource.js";

/** https://learn.microsoft.com/rest/api/dataprotection/deleted-backup-instances/get */
export interface DeletedBackupInstanceResource {
  id: string;
  name: string;
  properties: BackupInstance & { deletionInfo?: { deletionTime?: string; scheduledPurgeTime?: string } };
}

export interface DeletedBackupInstances {
  /** The soft-deleted ones. */
  list(vaultId: string, within: Within): Promise<DeletedBackupInstanceResource[]>;
}

export const createDeletedBackupInstances = (client: ArmClient): DeletedBackupInstances => ({
  list: (vaultId, within) => listAll(client, { path: `${vaultId}/deletedBackupInstances`, apiVersion }, within),
});

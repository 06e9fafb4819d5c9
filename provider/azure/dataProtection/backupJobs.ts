import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { Within } from "../within.js";
import { apiVersion } from "./apiVersion.js";

/** https://learn.microsoft.com/rest/api/dataprotection/jobs/list */
export interface BackupJobResource {
  id: string;
  name: string;
  properties: {
    /** Such as `Backup` or `Restore`. */
    operationCategory?: string;
    /** The same, more exactly. */
    operation?: string;
    /** `Started`, `InProgress`, `Completed`, `Succeeded`, `Failed`, ...: the specification has no list of them. */
    status?: string;
    /** ISO 8601, in UTC. */
    startTime?: string;
    dataSourceType?: string;
  };
}

export interface BackupJobs {
  /** All that Azure still knows: unlike that of Recovery Services vaults, this list has no filter. */
  list(vaultId: string, within: Within): Promise<BackupJobResource[]>;
}

export const createBackupJobs = (client: ArmClient): BackupJobs => ({
  list: (vaultId, within) => listAll(client, { path: `${vaultId}/backupJobs`, apiVersion }, within),
});

import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, type Of, object, shown } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/dataprotection/jobs/list */
const backupJob = {
  noun: "a backup job",
  shape: object({
    properties: object({
      /** Such as `Backup` or `Restore`. */
      operationCategory: shown,
      /** The same, more exactly. */
      operation: shown,
      /** `Started`, `InProgress`, `Completed`, `Succeeded`, `Failed`, ...: the specification has no list of them. */
      status: shown,
      /** ISO 8601, in UTC. */
      startTime: shown,
      /** The ARM ID of the instance that it is for. */
      backupInstanceId: shown,
    }),
  }),
} satisfies Kind<unknown>;
export type BackupJobResource = Of<typeof backupJob.shape>;

export interface BackupJobs {
  /** All that Azure still knows: unlike that of Recovery Services vaults, this list has no filter. */
  list(vaultId: string, options: OperationOptions): Promise<BackupJobResource[]>;
}

export const createBackupJobs = (client: ArmClient): BackupJobs => ({
  list: (vaultId, options) => listAll(client, { path: `${vaultId}/backupJobs`, apiVersion }, backupJob, options),
});

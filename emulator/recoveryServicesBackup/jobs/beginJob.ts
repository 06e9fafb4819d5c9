import type { Call } from "../../http/operation.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { guid } from "../../world.js";

export interface JobDescription {
  jobType: string;
  backupManagementType: string;
  friendlyName: string;
  operation: string;
}

/** @returns the job's name, which the operation carries to its end */
export function beginJob(call: Call, vault: RecoveryServicesVaultRecord, given: JobDescription): string {
  const name = guid();
  vault.jobs.set(name, {
    id: `${vault.body.id}/backupJobs/${name}`,
    name,
    type: "Microsoft.RecoveryServices/vaults/backupJobs",
    properties: {
      jobType: given.jobType,
      duration: "PT0S",
      entityFriendlyName: given.friendlyName,
      backupManagementType: given.backupManagementType,
      operation: given.operation,
      status: "InProgress",
      startTime: new Date(call.now).toISOString(),
      activityId: guid(),
    },
  });
  return name;
}

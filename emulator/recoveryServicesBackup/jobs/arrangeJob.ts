import type { ArmResource } from "../../armResource.js";
import type { ArrangedJob } from "../../emulator.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { guid } from "../../world.js";

/** A job as if it had run. */
export function arrangeJob(vault: RecoveryServicesVaultRecord, job: ArrangedJob, now: number): ArmResource {
  const [first] = vault.protectedItems.values();
  const { status = "Completed", operation = "Backup", startTime = new Date(now), error } = job;
  const endTime = status === "InProgress" ? undefined : (job.endTime ?? startTime);
  const name = guid();
  const made = {
    id: `${vault.body.id}/backupJobs/${name}`,
    name,
    type: "Microsoft.RecoveryServices/vaults/backupJobs",
    properties: {
      jobType: "AzureIaaSVMJob",
      duration: `PT${((endTime ?? startTime).getTime() - startTime.getTime()) / 1000}S`,
      entityFriendlyName: job.instance ?? first?.properties.friendlyName ?? "vm",
      backupManagementType: "AzureIaasVM",
      operation,
      status,
      startTime: startTime.toISOString(),
      ...(endTime && { endTime: endTime.toISOString() }),
      ...(error && { errorDetails: [{ errorCode: 0, errorTitle: error.code, errorString: error.message }] }),
      activityId: guid(),
    },
  };
  vault.jobs.set(name, made);
  return made;
}

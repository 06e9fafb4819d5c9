import { finishJob, startJob } from "../dataProtection/backupJobs.js";
import type { ArmResource, BackupVaultRecord, RecoveryServicesVaultRecord } from "../state/records.js";
import { guid } from "../state/world.js";
import type { ArrangedJob } from "./handles.js";

/** A job that never ran, for whoever looks at a vault's history. */
export function arrangeJob(vault: BackupVaultRecord, given: ArrangedJob = {}, now: number): ArmResource {
  const { operation = "Backup", operationCategory = "Backup", status = "Completed", error } = given;
  const startTime = given.startTime?.getTime() ?? now;
  const name = startJob(vault, instanceOf(vault, given.instance), { operation, operationCategory }, startTime);
  const job = vault.jobs.get(name) as ArmResource;
  job.properties.isUserTriggered = given.isUserTriggered ?? false;
  if (status !== "InProgress") finishJob(job, status, given.endTime?.getTime() ?? startTime, error);
  return job;
}

function instanceOf({ body, instances }: BackupVaultRecord, name: string | undefined): ArmResource {
  const [first] = instances.values();
  const found = name === undefined ? first : instances.get(name.toLowerCase());
  if (found !== undefined) return found;
  const gone = name ?? "gone";
  const [, , subscriptionId] = body.id.split("/");
  const resourceID = `/subscriptions/${subscriptionId}/resourceGroups/sources/providers/Microsoft.Storage/storageAccounts/${gone}`;
  return {
    id: `${body.id}/backupInstances/${gone}`,
    name: gone,
    properties: { dataSourceInfo: { resourceID, datasourceType: "Microsoft.Storage/storageAccounts/blobServices" } },
  };
}

/** A job as if it had run. */
export function arrangeRecoveryServicesJob(
  vault: RecoveryServicesVaultRecord,
  job: ArrangedJob,
  now: number,
): ArmResource {
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

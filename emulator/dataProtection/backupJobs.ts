import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { ok, operation } from "../arm/operation.js";
import type { LongRunningOperation, OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { userFacingError } from "./backupError.js";
import { requireVault, vaultPath } from "./vaultPath.js";

const jobsPath = `${vaultPath}/backupJobs` as const;

const get = operation({
  name: "Jobs_Get",
  method: "GET",
  path: `${jobsPath}/{jobId}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobId, resourceGroupName: group } = call.params;
    return ok(requireChild(vault.jobs.get(jobId.toLowerCase()), vault, `backupJobs/${jobId}`, group));
  },
});

/** All jobs of the vault: the specification has no filter here, so none has an effect. */
const list = operation({
  name: "Jobs_List",
  method: "GET",
  path: jobsPath,
  answer: (call) => page(call, [...requireVault(call).jobs.values()], withoutExtendedInfo),
});

/** Recorded: only a single job shows its tasks. */
function withoutExtendedInfo({ properties, ...job }: ArmResource): ArmResource {
  return { properties: { ...properties, supportedActions: [], extendedInfo: null }, ...job };
}

export const backupJobs = [get, list];

/** What a job does. Azure's words: `Management` with `ConfigureProtection` or `UnConfigure`, `Backup` with `Backup`. */
export interface JobKind {
  operation: string;
  operationCategory: string;
}

/** An emulator that runs for weeks must not grow. */
const remembered = 1000;

/** A job of an instance. @returns its name */
export function startJob(vault: BackupVaultRecord, instance: ArmResource, kind: JobKind, now: number): string {
  const name = guid();
  vault.jobs.set(name, job(vault, instance, name, kind, now));
  for (const oldest of vault.jobs.keys()) {
    if (vault.jobs.size <= remembered) break;
    vault.jobs.delete(oldest);
  }
  return name;
}

/** What an operation tells of itself when it has ended. Recorded: a backup on request names its job, others do not. */
export function jobOf(world: World, { job }: LongRunningOperation): { jobId?: string; objectType: string } {
  const found = job && world.vaults.get(job.vaultId)?.jobs.get(job.name);
  const isBackup = found?.properties.operationCategory === "Backup";
  return { ...(isBackup && { jobId: found.id }), objectType: "OperationJobExtendedInfo" };
}

/** Ends the job of an operation that has ended. */
export function endJob(world: World, { job, failure, endsAt }: LongRunningOperation): void {
  const found = job && world.vaults.get(job.vaultId)?.jobs.get(job.name);
  if (found !== undefined) finishJob(found, failure === undefined ? "Completed" : "Failed", endsAt, failure);
}

export function finishJob({ properties }: ArmResource, status: string, endTime: number, why?: OperationFailure): void {
  properties.status = status;
  properties.endTime = new Date(endTime).toISOString();
  properties.duration = durationOf(Date.parse(properties.startTime), endTime);
  properties.extendedInfo.subTasks[0].taskStatus = status;
  if (why !== undefined) properties.errorDetails = [userFacingError(why.code, why.message).additionalInfo[0].info];
}

// The nulls: as in the jobs that were recorded, and the one that Microsoft publishes,
// https://learn.microsoft.com/azure/backup/backup-azure-dataprotection-use-rest-api-restore-disks
function job(vault: BackupVaultRecord, instance: ArmResource, name: string, kind: JobKind, now: number): ArmResource {
  const { dataSourceInfo: source, dataSourceSetInfo: set, policyInfo } = instance.properties;
  const [, , sourceSubscription, , sourceGroup] = String(source.resourceID).split("/");
  const policyId = String(policyInfo?.policyId ?? "");
  return {
    properties: {
      activityID: guid(),
      subscriptionId: vault.body.id.split("/")[2],
      backupInstanceId: instance.id,
      policyId,
      dataSourceId: source.resourceID,
      vaultName: vault.body.name,
      backupInstanceFriendlyName: instance.properties.friendlyName ?? instance.name,
      policyName: policyId.slice(policyId.lastIndexOf("/") + 1),
      sourceResourceGroup: sourceGroup ?? "",
      dataSourceSetName: set?.resourceName ?? null,
      dataSourceName: source.resourceName ?? nameOf(source.resourceID),
      sourceDataStoreName: null,
      sourceDataStoreType: null,
      destinationDataStoreName: null,
      progressEnabled: false,
      etag: `W/"datetime'${encodeURIComponent(new Date(now).toISOString())}'"`,
      sourceSubscriptionID: sourceSubscription ?? "",
      dataSourceLocation: source.resourceLocation || vault.body.location,
      startTime: new Date(now).toISOString(),
      dataSourceType: source.datasourceType ?? "",
      ...kind,
      status: "InProgress",
      restoreType: null,
      isUserTriggered: true,
      rehydrationPriority: null,
      supportedActions: [""],
      duration: durationOf(now, now),
      progressUrl: null,
      isCrossRegionRestore: null,
      errorDetails: null,
      extendedInfo: {
        backupInstanceState: null,
        dataTransferredInBytes: null,
        targetRecoverPoint: null,
        sourceRecoverPoint: null,
        recoveryDestination: null,
        subTasks: [
          {
            taskId: 1,
            taskName: `Trigger ${kind.operation}`,
            taskStatus: "InProgress",
            taskProgress: null,
            additionalDetails: null,
          },
        ],
        additionalDetails: null,
        warningDetails: null,
      },
    },
    id: `${vault.body.id}/backupJobs/${name}`,
    name,
    type: "Microsoft.DataProtection/backupVaults/backupJobs",
  };
}

function durationOf(startTime: number, endTime: number): string {
  return `PT${Math.max(0, endTime - startTime) / 1000}S`;
}

function nameOf(id: unknown): string {
  return String(id).slice(String(id).lastIndexOf("/") + 1);
}

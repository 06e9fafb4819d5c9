import type { BackupInstanceResource, DeletedBackupInstanceResource, ProtectedItemResource } from "../azure/index.js";
import { spelledState } from "../instances/protectionState.js";
import { purgeTimeOf, spelledItemState } from "../instances/recoveryServices/itemState.js";
import type { Job } from "./jobs.js";
import { present } from "./present.js";
import type { DataSourceOverview } from "./vaultContents.js";

/** A backup instance, with what the vault's jobs say of its backups. */
export function ofInstance(
  { name, properties }: Pick<BackupInstanceResource, "name" | "properties">,
  jobs: readonly Job[],
): DataSourceOverview {
  const { dataSourceInfo, policyInfo, protectionErrorDetails: error } = properties;
  return present({
    dataSourceName: properties.friendlyName || name,
    type: dataSourceInfo?.datasourceType ?? "unknown",
    state: spelledState(properties.currentProtectionState ?? properties.protectionStatus?.status ?? "Unknown"),
    dataSourceId: dataSourceInfo?.resourceID,
    policyName: lastPart(policyInfo?.policyId),
    ...backupsIn(jobs.filter(({ instanceId }) => lastPart(instanceId)?.toLowerCase() === name.toLowerCase())),
    protectionError: error?.message ?? error?.code,
  });
}

export function ofDeletedInstance(instance: DeletedBackupInstanceResource, jobs: readonly Job[]): DataSourceOverview {
  const { deletionTime, scheduledPurgeTime } = instance.properties.deletionInfo ?? {};
  return present({
    ...ofInstance(instance, jobs),
    state: "SoftDeleted",
    deletedAt: deletionTime,
    purgedAt: scheduledPurgeTime,
  });
}

/** A protected item, which says itself when it was backed up. */
export function ofItem({ name, properties }: ProtectedItemResource): DataSourceOverview {
  const { lastRecoveryPoint, lastBackupTime, lastBackupStatus, isScheduledForDeferredDelete } = properties;
  const isDeleted = isScheduledForDeferredDelete === true;
  return present({
    dataSourceName: properties.friendlyName ?? name,
    type: properties.protectedItemType ?? properties.backupManagementType ?? "unknown",
    state: isDeleted ? "SoftDeleted" : spelledItemState(properties.protectionState ?? "Unknown"),
    dataSourceId: properties.sourceResourceId,
    policyName: properties.policyName || lastPart(properties.policyId),
    lastBackup: real(lastRecoveryPoint) ?? (isGood(lastBackupStatus) ? real(lastBackupTime) : undefined),
    lastBackupStatus,
    ...(isDeleted && { deletedAt: properties.deferredDeleteTimeInUTC, purgedAt: purgeTimeOf(properties) }),
  });
}

/** The newest of all backups, and of those that succeeded. */
function backupsIn(jobs: readonly Job[]): Pick<DataSourceOverview, "lastBackup" | "lastBackupStatus"> {
  const backups = jobs
    .filter(({ operation }) => /^backup$/i.test(operation))
    .sort((a, b) => timeOf(b.startTime) - timeOf(a.startTime));
  const good = backups.find(({ status }) => isGood(status));
  return { lastBackup: good?.startTime, lastBackupStatus: backups[0]?.status };
}

/** Also with warnings, a backup was made. */
const isGood = (status: string | undefined): boolean => /^(completed|succeeded)/i.test(status ?? "");

/** A job without a time has just been created. */
const timeOf = (time: string | undefined): number => (time === undefined ? Number.MAX_VALUE : Date.parse(time) || 0);

/** Recorded: an item without a backup has the time 2001-01-01T00:00:00Z. Azure Backup is younger than 2010. */
const real = (time: string | undefined): string | undefined =>
  Date.parse(time ?? "") > Date.UTC(2010) ? time : undefined;

const lastPart = (id: string | undefined): string | undefined => id?.split("/").at(-1);

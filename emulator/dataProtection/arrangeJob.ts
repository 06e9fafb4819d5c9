import type { ArmResource } from "../armResource.js";
import type { ArrangedJob } from "../emulator.js";
import { finishJob, startJob } from "./job.js";
import type { BackupVaultRecord } from "./records.js";

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

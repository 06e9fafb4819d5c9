import { requireChild } from "../arm/armError.js";
import { type FilterFields, type FilterTests, filterOf, page } from "../arm/list.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { invalidParameter } from "../recoveryServices/recoveryError.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { guid } from "../state/world.js";

const jobsPath = `${vaultPath}/backupJobs` as const;

const get = operation({
  name: "JobDetails_Get",
  method: "GET",
  path: `${jobsPath}/{jobName}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobName, resourceGroupName } = call.params;
    return ok(requireChild(vault.jobs.get(jobName.toLowerCase()), vault, `backupJobs/${jobName}`, resourceGroupName));
  },
});

/** The newest first, between the filter's `startTime` and `endTime`. */
const list = operation({
  name: "BackupJobs_List",
  method: "GET",
  path: jobsPath,
  answer(call) {
    const wanted = filterOf(call.request.query.get("$filter"), fields, range);
    const jobs = [...requireVault(call).jobs.values()].filter(wanted);
    jobs.sort((one, other) => started(other) - started(one));
    return page(call, jobs, (job) => job);
  },
});

const fields: FilterFields = {
  status: ({ properties }) => properties.status,
  operation: ({ properties }) => properties.operation,
  backupManagementType: ({ properties }) => properties.backupManagementType,
  jobId: ({ name }) => name,
};

const range: FilterTests = {
  startTime: (job, value) => started(job) >= time(value),
  endTime: (job, value) => started(job) <= time(value),
};

const started = ({ properties }: ArmResource): number => Date.parse(properties.startTime);

/** "2016-01-01 04:00:15 AM" is how clients write it, in UTC; some write "2017-11-29 00:00:00 AM". */
function time(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d?):(\d\d):(\d\d)(?:\.\d+)?Z?\s*(AM|PM)?$/i.exec(text);
  if (match === null) throw invalidParameter("startTime", `'${text}' is not a date and time.`);
  const [, day, hour = "0", minutes, seconds, half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/PM/i.test(half) ? 12 : 0);
  return Date.parse(`${day}T${String(hours).padStart(2, "0")}:${minutes}:${seconds}Z`);
}

interface JobDescription {
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

export const recoveryServicesJobs = [list, get];

import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { vaultType } from "../../recoveryServices/records.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { jobsPath } from "./path.js";

export const get = operation({
  name: "JobDetails_Get",
  method: "GET",
  path: `${jobsPath}/{jobName}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobName, resourceGroupName } = call.params;
    const job = vault.jobs.get(jobName.toLowerCase());
    if (job !== undefined) return ok(job);
    throw resourceNotFound(vaultType, `${vault.body.name}/backupJobs/${jobName}`, resourceGroupName);
  },
});

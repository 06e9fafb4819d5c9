import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireChild } from "../../http/requireChild.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { jobsPath } from "./path.js";

export const get = operation({
  name: "JobDetails_Get",
  method: "GET",
  path: `${jobsPath}/{jobName}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobName, resourceGroupName } = call.params;
    return ok(requireChild(vault.jobs.get(jobName.toLowerCase()), vault, `backupJobs/${jobName}`, resourceGroupName));
  },
});

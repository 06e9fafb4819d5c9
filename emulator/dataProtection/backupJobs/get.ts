import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireVault } from "../vaultPath.js";
import { jobsPath } from "./path.js";

export const get = operation({
  name: "Jobs_Get",
  method: "GET",
  path: `${jobsPath}/{jobId}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobId, resourceGroupName: group } = call.params;
    const job = vault.jobs.get(jobId.toLowerCase());
    if (job !== undefined) return ok(job);
    throw resourceNotFound("Microsoft.DataProtection/backupVaults", `${vault.body.name}/backupJobs/${jobId}`, group);
  },
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireChild } from "../../http/requireChild.js";
import { requireVault } from "../vaultPath.js";
import { jobsPath } from "./path.js";

export const get = operation({
  name: "Jobs_Get",
  method: "GET",
  path: `${jobsPath}/{jobId}`,
  answer(call) {
    const vault = requireVault(call);
    const { jobId, resourceGroupName: group } = call.params;
    return ok(requireChild(vault.jobs.get(jobId.toLowerCase()), vault, `backupJobs/${jobId}`, group));
  },
});

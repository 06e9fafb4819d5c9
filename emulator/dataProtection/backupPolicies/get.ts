import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireVault } from "../vaultPath.js";
import { policyPath, requirePolicy } from "./path.js";

export const get = operation({
  name: "BackupPolicies_Get",
  method: "GET",
  path: policyPath,
  answer: (call) => ok(requirePolicy(requireVault(call), call.params.policyName, call.params.resourceGroupName)),
});

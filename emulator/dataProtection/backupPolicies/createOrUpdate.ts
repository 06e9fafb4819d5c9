import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { requireVault } from "../vaultPath.js";
import { policyPath, policyType } from "./path.js";

export const createOrUpdate = operation({
  name: "BackupPolicies_CreateOrUpdate",
  method: "PUT",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const { policyRules, datasourceTypes, objectType } =
      requestBody(call.request, {
        properties: { policyRules: "any", datasourceTypes: ["string"], objectType: "string" },
      }).properties ?? {};
    if (objectType !== "BackupPolicy") throw invalidInput('properties.objectType has to be "BackupPolicy".');
    if (!Array.isArray(datasourceTypes)) throw invalidInput("properties.datasourceTypes is missing.");
    const { policyName } = call.params;
    const policy = {
      id: `${vault.body.id}/backupPolicies/${policyName}`,
      name: policyName,
      type: policyType,
      // Recorded: a name that clients send here, too, does not come back.
      properties: { policyRules, datasourceTypes, objectType },
    };
    vault.policies.set(policyName.toLowerCase(), policy);
    return ok(policy);
  },
});

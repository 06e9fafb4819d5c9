import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { unverified } from "../backupError.js";
import { requireVault } from "../vaultPath.js";
import { policyPath } from "./path.js";

export const remove = operation({
  name: "BackupPolicies_Delete",
  method: "DELETE",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.policyName.toLowerCase();
    const policy = vault.policies.get(key);
    if (policy === undefined) return noContent;
    const used = [...vault.instances.values()].some(
      ({ properties }) => properties.policyInfo?.policyId?.toLowerCase() === policy.id.toLowerCase(),
    );
    if (used) throw unverified("policy-in-use", "Backup instances use this policy. Azure's answer is not known.");
    vault.policies.delete(key);
    return { status: 200 };
  },
});

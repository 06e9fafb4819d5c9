import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { recoveryError } from "../../recoveryServices/recoveryError.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { itemsOfPolicy, policyPath } from "./path.js";

export const remove = operation({
  name: "ProtectionPolicies_Delete",
  method: "DELETE",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.policyName.toLowerCase();
    const policy = vault.policies.get(key);
    if (policy === undefined) return noContent;
    if (itemsOfPolicy(vault, policy.id).length > 0) {
      // The code as users report it.
      throw recoveryError(400, "BMSUserErrorPolicyObjectInUse", "Protected items use this policy.");
    }
    vault.policies.delete(key);
    return { status: 200 };
  },
});

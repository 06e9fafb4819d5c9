import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { readPolicy } from "../../policies/recoveryServices/policy.js";
import { workloadOf } from "../../policies/recoveryServices/workloads.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { messageOf, recentReads } from "../run/facts.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { itemPolicyNotChecked, itemPolicyOfAnother } from "./wording.js";

/** Whether an item's policy is for what the item backs up. One that is not there is still to come in this run. */
export async function policyInPreview(context: Context, inputs: ProtectedItemInputs): Promise<Prerequisites> {
  if (isUnknown(inputs.policyId)) return nothingMissing;
  const { noun, managementType } = kindOfInputs(inputs);
  try {
    const policy = await recentReads(context).protectionPolicies.get(inputs.policyId, previewDeadline());
    if (!policy || policy.properties.backupManagementType === managementType) return nothingMissing;
    const { dataSource } = readPolicy(policy.properties);
    const what = dataSource ? workloadOf(dataSource).noun : policy.properties.backupManagementType;
    return { missing: [itemPolicyOfAnother(inputs, what, noun)], notes: [] };
  } catch (error) {
    return { missing: [], notes: [itemPolicyNotChecked(inputs, messageOf(error))] };
  }
}

import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { readPolicy } from "../../policies/recoveryServices/policy.js";
import { type WorkloadName, workloadOf } from "../../policies/recoveryServices/workloads.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { messageOf, recentReads } from "../run/facts.js";
import { policyOfProgram } from "../run/program.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { itemPolicyNotChecked, itemPolicyOfAnother } from "./wording.js";

/** Whether an item's policy is for what it backs up, which the program makes or Azure has. Of any other, nothing is known yet. */
export async function policyInPreview(
  context: Context,
  inputs: ProtectedItemInputs,
  { waitsForNew }: FromProgram,
): Promise<Prerequisites> {
  const { policyId } = inputs;
  if (isUnknown(policyId)) return nothingMissing;
  const { noun, managementType } = kindOfInputs(inputs);
  const forAnother = (what: string): Prerequisites => ({
    missing: [itemPolicyOfAnother(inputs, what, noun)],
    notes: [],
  });
  const planned = policyOfProgram(context, policyId);
  if (planned) {
    const workload = workloadOf(planned.dataSource as WorkloadName);
    return workload.managementType === managementType ? nothingMissing : forAnother(workload.noun);
  }
  if (waitsForNew) return nothingMissing;
  try {
    const policy = await recentReads(context).protectionPolicies.get(policyId, previewDeadline());
    if (!policy || policy.properties.backupManagementType === managementType) return nothingMissing;
    const { dataSource } = readPolicy(policy.properties);
    return forAnother(dataSource ? workloadOf(dataSource).noun : policy.properties.backupManagementType);
  } catch (error) {
    return { missing: [], notes: [itemPolicyNotChecked(inputs, messageOf(error))] };
  }
}

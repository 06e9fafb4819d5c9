import type { Azure } from "../../azure/index.js";
import { isSameId } from "../../instances/armId.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { type Fact, itemPolicyDowngraded, judgeDependency, type Verdict } from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { messageOf } from "../run/facts.js";

/**
 * What another policy means. One that is not there is still to come in this run, and is judged before the write.
 *
 * @param before the policy that the item has. Absent: none
 */
export async function judgeOtherPolicy(
  azure: Azure,
  inputs: ProtectedItemInputs,
  before: string | undefined,
  deadline: number,
): Promise<Verdict[]> {
  const { policyId } = inputs;
  if (before === undefined || isSameId(policyId, before) || isUnknown(policyId)) return [];
  if (kindOfInputs(inputs).managementType !== "AzureIaasVM") return [];
  const [was, is] = await Promise.all([before, policyId].map((id) => policyTypeOf(azure, id, deadline)));
  return was && is ? judgeDependency(itemPolicyDowngraded, "change", { before: was, after: is }) : [];
}

async function policyTypeOf(azure: Azure, id: string, deadline: number): Promise<Fact<string> | undefined> {
  try {
    const found = await azure.protectionPolicies.get(id, { deadline });
    return found && { value: String((found.properties as { policyType?: string }).policyType ?? "V1") };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

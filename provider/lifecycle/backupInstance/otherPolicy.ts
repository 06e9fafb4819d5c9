import type { AzureFacts } from "../../azure/index.js";
import { isSameId } from "../../instances/armId.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { judgeDependency, type Verdict } from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { guardedRule, guardOf, namedRequests } from "../protection/guard.js";

/** What another policy needs of the guard's owner. @param before the policy that it has. Absent: not known */
export async function judgeOtherPolicy(
  facts: Pick<AzureFacts, "guardOfVault">,
  { policyId, vault, resourceGuardOperationRequests }: BackupInstanceInputs,
  before: string | undefined,
  deadline: number,
): Promise<Verdict[]> {
  if (isSameId(policyId, before)) return [];
  return judgeDependency(guardedRule(vault), "change", {
    what: "policy",
    guard: await guardOf(facts, vault, deadline),
    named: namedRequests(resourceGuardOperationRequests),
    isOpen: isUnknown(policyId),
  });
}

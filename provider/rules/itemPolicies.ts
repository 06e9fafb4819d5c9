import { type DependencyRule, readVaults } from "./dependency.js";
import type { Fact } from "./facts.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** Azure's `policyType` of two policies of virtual machines: `V1` is a standard one, `V2` an enhanced one. */
export interface OtherPolicy {
  before: Fact<string>;
  after: Fact<string>;
}

export const itemPolicyDowngraded: DependencyRule<OtherPolicy> = {
  code: "rsv-item-policy-downgraded",
  title: "A machine does not go back to a standard policy",
  summary:
    "Azure does not change the policy of a virtual machine from an enhanced one to a standard one. The other way is possible.",
  remediation: "Choose another enhanced policy (`policyType` `V2`), or keep this one.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.enhancedPolicy,
  needs: [],
  judge({ before, after }) {
    const vault = "RecoveryServicesVault" as const;
    const unread = [before, after].flatMap((fact) => ("unreadable" in fact ? [fact.unreadable] : []));
    if (unread.length > 0) {
      const reason = `Whether it goes from an enhanced policy to a standard one was not checked: ${ended(unread.join(" "))}`;
      return [{ decision: "undecided", vault, reason, remediation: readVaults }];
    }
    const isDowngraded = "value" in before && "value" in after && before.value === "V2" && after.value !== "V2";
    if (!isDowngraded) return [];
    const reason = "It has an enhanced policy, and Azure does not change the policy type to standard after that.";
    return [{ decision: "refuse", vault, reason }];
  },
};

import type { Vault } from "../vaults/ruleVault.js";
import { type DependencyRule, readVaults } from "./dependency.js";
import type { Fact } from "./facts.js";
import type { KeptFewer, KeptOtherwise } from "./policyChanges.js";
import { judgeFewer, judgeShorter, lockOf } from "./protectionPolicyChanges.js";
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
    const isExcluded = ("value" in before && before.value !== "V2") || ("value" in after && after.value === "V2");
    if (isExcluded) return [];
    const unread = [before, after].flatMap((fact) => ("unreadable" in fact ? [fact.unreadable] : []));
    if (unread.length > 0) {
      const reason = `Whether it goes from an enhanced policy to a standard one was not checked: ${ended(unread.join(" "))}`;
      return [{ decision: "undecided", vault, reason, remediation: readVaults }];
    }
    const reason = "It has an enhanced policy, and Azure does not change the policy type to standard after that.";
    return [{ decision: "refuse", vault, reason }];
  },
};

/** Another policy, which keeps backups for less time. */
export interface ShorterPolicy {
  /** What it keeps for less time. Unreadable: that is not known. */
  shorter: Fact<readonly KeptOtherwise[]>;
  /** What it keeps fewer of. */
  fewer?: readonly KeptFewer[];
  /** The vault, whose immutability decides what Azure takes. */
  vault: Fact<Vault>;
  /** Its immutability is what the same run makes of it. @default false */
  isPlanned?: boolean;
}

export const itemPolicyShorter: DependencyRule<ShorterPolicy> = {
  code: "rsv-item-policy-shorter",
  title: "A protected item gets a policy with a shorter retention",
  summary:
    "Azure applies the retention of a protected item's policy to the recovery points that exist. With another policy that " +
    "keeps backups for less time, those that are older are deleted. An immutable vault does not allow it; operational " +
    "backups, such as snapshots of file shares, are exempt from immutability. Another policy that keeps fewer backups for as " +
    "long is a warning.",
  remediation: "Keep the policy, or choose one that keeps backups for as long.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.policyImpact,
  needs: ["vault"],
  judge({ shorter, fewer = [], vault: live, isPlanned = false }) {
    const where = { vault: live, isPlanned };
    if ("value" in shorter)
      return [...judgeShorter(shorter.value, where, "policy", ""), ...judgeFewer(fewer, where, "")];
    const vault = "RecoveryServicesVault" as const;
    const reason = `Whether the new policy keeps backups for less time was not checked: ${ended(shorter.unreadable)}`;
    // Where a shorter retention is allowed, it is a warning, and so is that it is not known.
    const decision = lockOf(live).is === "Disabled" ? "warn" : "undecided";
    return [{ decision, vault, reason, remediation: readVaults }];
  },
};

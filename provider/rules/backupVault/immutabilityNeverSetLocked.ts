import { fromTo } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { immutability } from "./immutabilityLocked.js";

export const immutabilityNeverSetLocked: Rule = {
  code: "immutability-never-set-locked",
  resource: "BackupVault",
  title: "Locking a vault whose immutability was never set",
  summary: "Others report that Azure fails to lock a vault whose immutability was never set to anything before.",
  remediation: "If Azure refuses it, set Disabled or Unlocked first, and Locked in the next update.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.neverSetImmutability,
  needs: ["vault"],
  judge(change) {
    const { before, after } = change;
    if (!after || change.operation === "replace" || stateOf(immutability, after) !== "Locked") return [];
    if (before && (before.immutability ?? undefined) !== undefined) return [];
    const reason = "Locking a vault whose immutability was never set was seen to fail.";
    return [{ decision: "warn", ...fromTo(immutability, change), reason }];
  },
};

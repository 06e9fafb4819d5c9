import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isUnrecognized, stateOf } from "../stateMachine.js";
import { all, type Truth, truthOf } from "../truth.js";
import { enhancedSecurity, softDelete } from "./rsvSoftDeleteOff.js";

const reason = "Azure wants the soft delete and the enhanced security of a vault to be AlwaysON.";

export const rsvSoftDeleteNotAlwaysOn: Rule = {
  code: "rsv-soft-delete-not-always-on",
  resource: "RecoveryServicesVault",
  title: "Soft delete is always on",
  summary: `${reason} It was seen to refuse a write that asks for Enabled; a vault from earlier days keeps the state that it has.`,
  remediation: "Set AlwaysON, or leave softDelete out.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    return [softDelete, enhancedSecurity].flatMap((machine) => {
      const was = before ? stateOf(machine, before) : "AlwaysON";
      // A vault from earlier days keeps the state that it has.
      const isTouched: Truth = was === unknown ? "before" : truthOf(!isUnrecognized(machine, was) && was !== "Enabled");
      const truth = all(isTouched, truthOf(stateOf(machine, after) === "Enabled"));
      return when(truth, { decision: "refuse", ...fromTo(machine, change), reason }, change);
    });
  },
};

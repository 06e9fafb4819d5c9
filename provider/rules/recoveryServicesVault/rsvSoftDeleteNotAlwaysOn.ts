import { ends, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { all, type Truth, truthOf } from "../truth.js";
import { unknown } from "../vault.js";
import { enhancedSecurity, softDelete } from "./rsvSoftDeleteOff.js";

const because = "Azure wants the soft delete and the enhanced security of a vault to be AlwaysON.";

export const rsvSoftDeleteNotAlwaysOn: Rule = {
  code: "rsv-soft-delete-not-always-on",
  resource: "RecoveryServicesVault",
  title: "Soft delete is always on",
  summary: `${because} A new vault that asks for Enabled was seen to be refused, and one that is always on cannot go back to it.`,
  instead: "Set AlwaysON, or leave softDelete out.",
  decision: "refuse",
  evidence: "peers",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    return [softDelete, enhancedSecurity].flatMap((machine) => {
      const was = before ? stateOf(machine, before) : "AlwaysON";
      const isWeakened: Truth = was === unknown ? "before" : truthOf(was === "AlwaysON");
      const truth = all(isWeakened, truthOf(stateOf(machine, after) === "Enabled"));
      return when(truth, { decision: "refuse", ...ends(machine, change), because }, change);
    });
  },
};

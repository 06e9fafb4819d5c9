import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { isUnrecognized, stateOf } from "../stateMachine.js";
import { all, type Truth, truthOf } from "../truth.js";
import { immutability } from "./rsvImmutabilityLocked.js";

const reason = "Azure was seen to lock only a vault that is Unlocked.";

export const rsvImmutabilitySkipsUnlocked: Rule = {
  code: "rsv-immutability-skips-unlocked",
  resource: "RecoveryServicesVault",
  title: "Locked is reached through Unlocked",
  summary: `${reason} RecoveryServicesVault takes both steps in one \`pulumi up\`.`,
  remediation: "Set Unlocked first, and Locked in the next update.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.azurermRecoveryServicesVault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after, multiRequestWrites } = change;
    if (operation !== "change" || !before || !after || multiRequestWrites) return [];
    const from = stateOf(immutability, before);
    const to = stateOf(immutability, after);
    if (isUnrecognized(immutability, from)) return [];
    const isMutable: Truth = from === unknown ? "before" : truthOf(from === "Disabled");
    const isLocked: Truth = to === unknown ? "after" : truthOf(to === "Locked");
    const finding = { decision: "refuse", ...fromTo(immutability, change), reason } as const;
    return when(all(isMutable, isLocked), finding, change);
  },
};

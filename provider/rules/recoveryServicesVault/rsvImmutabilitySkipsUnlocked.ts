import { ends, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { isStrange, stateOf } from "../stateMachine.js";
import { all, type Truth, truthOf } from "../truth.js";
import { unknown } from "../vault.js";
import { immutability } from "./rsvImmutabilityLocked.js";

const because = "Azure was seen to lock only a vault that is Unlocked.";

export const rsvImmutabilitySkipsUnlocked: Rule = {
  code: "rsv-immutability-skips-unlocked",
  resource: "RecoveryServicesVault",
  title: "Locked is reached through Unlocked",
  summary: `${because} RecoveryServicesVault takes both steps in one \`pulumi up\`.`,
  instead: "Set Unlocked first, and Locked in the next update.",
  decision: "refuse",
  evidence: "peers",
  overridable: true,
  source: reports.azurermRecoveryServicesVault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after, inSteps } = change;
    if (operation !== "change" || !before || !after || inSteps) return [];
    const from = stateOf(immutability, before);
    const to = stateOf(immutability, after);
    if (isStrange(immutability, from)) return [];
    const isMutable: Truth = from === unknown ? "before" : truthOf(from === "Disabled");
    const isLocked: Truth = to === unknown ? "after" : truthOf(to === "Locked");
    const finding = { decision: "refuse", ...ends(immutability, change), because } as const;
    return when(all(isMutable, isLocked), finding, change);
  },
};

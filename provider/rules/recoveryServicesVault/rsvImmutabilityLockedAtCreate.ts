import { ends, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { truthOf } from "../truth.js";
import { unknown } from "../vault.js";
import { immutability } from "./rsvImmutabilityLocked.js";

const because = "Azure was seen to refuse a new vault that is Locked at once.";

export const rsvImmutabilityLockedAtCreate: Rule = {
  code: "rsv-immutability-locked-at-create",
  resource: "RecoveryServicesVault",
  title: "No vault is created locked",
  summary: `${because} RecoveryServicesVault creates it Unlocked and locks it then, in one \`pulumi up\`.`,
  instead: "Create it Unlocked, and lock it in a later update.",
  decision: "refuse",
  evidence: "peers",
  overridable: true,
  source: reports.lockedAtCreate,
  needs: [],
  judge(change) {
    const { operation, after, inSteps } = change;
    if (operation !== "create" || !after || inSteps) return [];
    const state = stateOf(immutability, after);
    const isLocked = state === unknown ? "after" : truthOf(state === "Locked");
    return when(isLocked, { decision: "refuse", ...ends(immutability, change), because }, change);
  },
};

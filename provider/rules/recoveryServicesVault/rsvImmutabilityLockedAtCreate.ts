import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { truthOf } from "../truth.js";
import { immutability } from "./rsvImmutabilityLocked.js";

const reason = "Azure was seen to refuse a new vault that is Locked at once.";

export const rsvImmutabilityLockedAtCreate: Rule = {
  code: "rsv-immutability-locked-at-create",
  resource: "RecoveryServicesVault",
  title: "No vault is created locked",
  summary: `${reason} RecoveryServicesVault creates it Unlocked and locks it then, in one \`pulumi up\`.`,
  remediation: "Create it Unlocked, and lock it in a later update.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.lockedAtCreate,
  needs: [],
  judge(change) {
    const { operation, after, multiRequestWrites } = change;
    if (operation !== "create" || !after || multiRequestWrites) return [];
    const state = stateOf(immutability, after);
    const isLocked = state === unknown ? "after" : truthOf(state === "Locked");
    return when(isLocked, { decision: "refuse", ...fromTo(immutability, change), reason }, change);
  },
};

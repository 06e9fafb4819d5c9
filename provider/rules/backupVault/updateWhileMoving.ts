import { unknown } from "../../vaults/ruleVault.js";
import { openValue, undecided } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";

/**
 * `resourceMoveState` when no move is under way, or one has ended.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (checked 2026-11)
 */
const ended = [
  "Unknown",
  "PrepareFailed",
  "CommitFailed",
  "Failed",
  "PrepareTimedout",
  "CommitTimedout",
  "CriticalFailure",
  "PartialSuccess",
  "MoveSucceeded",
];

export const updateWhileMoving: Rule = {
  code: "update-while-moving",
  resource: "BackupVault",
  title: "A vault that is being moved is not written",
  summary: "While Azure moves a vault to another resource group or subscription, it refuses every write to it.",
  remediation: "Wait until the move has ended, then run it again.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["vault"],
  judge: (change) => judgeWhileMoving("resourceMoveState", ended, change),
};

/** Whatever is written, a change of tags too. @param property Azure's name for the state of a move */
export function judgeWhileMoving(property: string, ended: readonly string[], change: Change): Finding[] {
  const { operation, before, writes } = change;
  const state = before?.resourceMoveState ?? undefined;
  // A replacement deletes the vault, and is judged as that too.
  if (operation === "replace" || !writes || state === undefined) return [];
  if (state === unknown) {
    return [undecided({ property, from: "not known", to: "not known" }, openValue("before", property, change))];
  }
  if (ended.some((each) => each.toLowerCase() === state.toLowerCase())) return [];
  const where = { property, from: state, to: state };
  if (state.toLowerCase() === "inprogress") {
    return [{ decision: "refuse", ...where, reason: "Azure is moving the vault, and refuses every write meanwhile." }];
  }
  const reason = `This version does not know ${state} as a ${property}, so the vault may be on its way.`;
  return [undecided(where, { reason, remediation: updateWhileMoving.remediation })];
}

import { undecided } from "../findings.js";
import type { Rule } from "../rule.js";
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
].map((state) => state.toLowerCase());

export const updateWhileMoving: Rule = {
  code: "update-while-moving",
  resource: "BackupVault",
  title: "A vault that is being moved is not written",
  summary: "While Azure moves a vault to another resource group or subscription, it refuses every write to it.",
  instead: "Wait until the move has ended, then run it again.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["vault"],
  judge({ operation, before }) {
    const state = before?.resourceMoveState ?? undefined;
    // A replacement deletes the vault, and is judged as that too.
    if (operation === "replace" || state === undefined || ended.includes(state.toLowerCase())) return [];
    const where = { property: "resourceMoveState", from: state, to: state };
    if (state.toLowerCase() === "inprogress") {
      return [
        { decision: "refuse", ...where, because: "Azure is moving the vault, and refuses every write meanwhile." },
      ];
    }
    const because = `This version does not know ${state} as a resourceMoveState, so the vault may be on its way.`;
    return [undecided(where, { because, instead: this.instead })];
  },
};

import { judgeWhileMoving, updateWhileMoving } from "../backupVault/updateWhileMoving.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

/**
 * `moveState` when no move is under way, or one has ended.
 * https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update (checked 2026-11)
 */
const ended = [
  "Unknown",
  "PrepareFailed",
  "CommitFailed",
  "Failure",
  "PrepareTimedout",
  "CommitTimedout",
  "CriticalFailure",
  "PartialSuccess",
  "MoveSucceeded",
];

export const rsvUpdateWhileMoving: Rule = {
  ...updateWhileMoving,
  code: "rsv-update-while-moving",
  resource: "RecoveryServicesVault",
  summary:
    "While Azure moves a vault to another resource group or subscription, both groups are locked: nothing in them is " +
    "created, updated or deleted.",
  source: sources.moveResources,
  judge: (change) => judgeWhileMoving("moveState", ended, change),
};

import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { relaxed, type StateMachine } from "../stateMachine.js";

export const softDelete: StateMachine = {
  property: "softDelete.state",
  read: (vault) => vault.softDelete?.state,
  whenAbsent: "On",
  moves: {
    // https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about (checked 2026-11)
    Off: ["On", "AlwaysOn"],
    // https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about (checked 2026-11)
    On: ["AlwaysOn"],
    // "Once you opt for this state, soft delete can't be disabled":
    // https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about (checked 2026-11)
    AlwaysOn: [],
  },
  conditional: {
    // https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11)
    when: "api-version before 2025-09-01, region not generally available",
    moves: { On: ["Off"] },
  },
  terminalStates: ["AlwaysOn"],
};

const reason = "Soft delete that is always on can never be weakened again.";

export const softDeleteAlwaysOn: Rule = {
  code: "soft-delete-always-on",
  resource: "BackupVault",
  title: "Soft delete that is always on stays on",
  summary: `${reason} Removing the argument means On, which is refused too.`,
  remediation: "Keep AlwaysOn; its retention can still be changed between 14 and 180 days.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.softDelete,
  needs: ["vault"],
  states: softDelete,
  // From On to Off is another rule's question.
  judge: (change) => judgeMove(relaxed(softDelete), change, reason),
};

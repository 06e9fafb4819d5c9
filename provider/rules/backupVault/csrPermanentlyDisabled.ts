import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";

export const crossSubscriptionRestore: StateMachine = {
  property: "crossSubscriptionRestore",
  read: (vault) => vault.crossSubscriptionRestore,
  // "enabled for existing vaults by default":
  // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
  whenAbsent: "Enabled",
  moves: {
    // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
    Enabled: ["Disabled", "PermanentlyDisabled"],
    // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
    Disabled: ["Enabled", "PermanentlyDisabled"],
    // "once permanently disabled on a vault can't be re-enabled because it's an irreversible operation":
    // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
    PermanentlyDisabled: [],
  },
  terminalStates: ["PermanentlyDisabled"],
};

const reason = "Cross-subscription restore that is permanently disabled can never be enabled again.";

export const csrPermanentlyDisabled: Rule = {
  code: "csr-permanently-disabled",
  resource: "BackupVault",
  title: "Cross-subscription restore stays permanently disabled",
  summary: `${reason} Removing the argument means Enabled, which is refused too.`,
  remediation: "Keep PermanentlyDisabled, or create another vault for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["vault"],
  states: crossSubscriptionRestore,
  judge: (change) => judgeMove(crossSubscriptionRestore, change, reason),
};

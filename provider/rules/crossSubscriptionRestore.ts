import { judgeMove } from "./findings.js";
import { ofBothKinds, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import type { StateMachine } from "./stateMachine.js";

const crossSubscriptionRestore: StateMachine = {
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

const reason = "Once cross-subscription restore is permanently disabled, it can never be enabled again.";
const summary = `${reason} Removing the argument means Enabled, which is refused too.`;

export const permanentlyDisabled = ofBothKinds({
  code: "csr-permanently-disabled",
  topic: "crossSubscriptionRestore",
  title: "Permanently disabled cross-subscription restore stays disabled",
  summary: {
    BackupVault: summary,
    RecoveryServicesVault: `${summary} Microsoft states this for Backup vaults; that it applies here too is inferred.`,
  },
  remediation: "Keep PermanentlyDisabled, or create another vault for new backups.",
  decision: "refuse",
  evidence: { BackupVault: "microsoft", RecoveryServicesVault: "community" },
  overridable: { BackupVault: false, RecoveryServicesVault: true },
  source: sources.manage,
  needs: ["vault"],
  states: crossSubscriptionRestore,
  judge: (change) => judgeMove(crossSubscriptionRestore, change, reason),
});

export const crossSubscriptionRestoreRules: RulesByKind = {
  BackupVault: [permanentlyDisabled.BackupVault],
  RecoveryServicesVault: [permanentlyDisabled.RecoveryServicesVault],
};

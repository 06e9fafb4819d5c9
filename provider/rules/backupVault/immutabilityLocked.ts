import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";

export const immutability: StateMachine = {
  property: "immutability",
  read: (vault) => vault.immutability,
  whenAbsent: "Disabled",
  moves: {
    // The portal offers the lock only after Unlocked; Azure takes it in one step too.
    // https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
    Disabled: ["Unlocked", "Locked"],
    // "reversible": https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
    Unlocked: ["Disabled", "Locked"],
    // Irreversible: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
    Locked: [],
  },
  terminalStates: ["Locked"],
};

const reason = "A locked vault stays locked for good.";

export const immutabilityLocked: Rule = {
  code: "immutability-locked",
  resource: "BackupVault",
  title: "A locked vault cannot be unlocked",
  summary: `${reason} Removing the argument means Disabled, which is refused too.`,
  remediation: "Keep Locked, or create another vault for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: ["vault"],
  states: immutability,
  judge: (change) => judgeMove(immutability, change, reason),
};

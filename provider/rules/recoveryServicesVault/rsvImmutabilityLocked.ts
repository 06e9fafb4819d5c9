import { immutabilityLocked } from "../backupVault/immutabilityLocked.js";
import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { relaxed, type StateMachine } from "../stateMachine.js";

export const immutability: StateMachine = {
  property: "immutability",
  read: (vault) => vault.immutability,
  whenAbsent: "Disabled",
  moves: {
    // "reversible": https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
    Disabled: ["Unlocked"],
    Unlocked: ["Disabled", "Locked"],
    // Irreversible: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
    Locked: [],
  },
  conditional: {
    // https://github.com/Azure/azure-rest-api-specs/issues/26598 (checked 2026-11)
    when: "through Unlocked, which RecoveryServicesVault does by itself",
    moves: { Disabled: ["Locked"] },
  },
  terminalStates: ["Locked"],
};

export const rsvImmutabilityLocked: Rule = {
  ...immutabilityLocked,
  code: "rsv-immutability-locked",
  resource: "RecoveryServicesVault",
  states: immutability,
  // How Locked is reached is rsv-immutability-skips-unlocked's question.
  judge: (change) => judgeMove(relaxed(immutability), change, "A locked vault stays locked for good."),
};

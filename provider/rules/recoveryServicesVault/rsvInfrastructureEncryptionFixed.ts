import { isEncrypted } from "../backupVault/encryption.js";
import { infrastructureEncryption as ofBackupVault } from "../backupVault/infrastructureEncryptionFixed.js";
import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { relaxed, type StateMachine } from "../stateMachine.js";

export const infrastructureEncryption: StateMachine = {
  ...ofBackupVault,
  // "Once Enabled/Disabled, infrastructure encryption setting cannot be changed":
  // https://github.com/Azure/azure-cli/pull/18692 (checked 2026-11)
  moves: { Disabled: [], Enabled: [] },
  conditional: {
    when: "the vault has no customer-managed key yet",
    moves: { Disabled: ["Enabled"], Enabled: ["Disabled"] },
  },
};

const reason = "Infrastructure encryption is chosen with a vault's first customer-managed key, and stays so.";

export const rsvInfrastructureEncryptionFixed: Rule = {
  code: "rsv-infrastructure-encryption-fixed",
  resource: "RecoveryServicesVault",
  title: "Infrastructure encryption is chosen with the first key",
  summary: reason,
  remediation: "Keep it as it is, or create another vault with the wanted setting for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.infrastructureEncryption,
  needs: ["vault"],
  states: infrastructureEncryption,
  judge: (change) =>
    judgeMove(
      change.before && isEncrypted(change.before, "before") === "no"
        ? relaxed(infrastructureEncryption)
        : infrastructureEncryption,
      change,
      reason,
    ),
};

import { fromTo, judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports, sources } from "../sources.js";
import { type StateMachine, stateOf } from "../stateMachine.js";

export const infrastructureEncryption: StateMachine = {
  property: "encryption.infrastructureEncryption",
  read: (vault) => vault.encryption?.infrastructureEncryption,
  whenAbsent: "Disabled",
  moves: {
    // "You can enable this only on a new vault during the encryption using Customer-Managed Keys (CMK)":
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
    Disabled: [],
    // https://github.com/hashicorp/terraform-provider-azurerm/pull/31340 (checked 2026-11)
    Enabled: [],
  },
  terminalStates: ["Enabled"],
};

const reason = "Infrastructure encryption is chosen when a vault is created, together with its customer-managed key.";

export const infrastructureEncryptionFixed: Rule = {
  code: "infrastructure-encryption-fixed",
  resource: "BackupVault",
  title: "Infrastructure encryption is chosen at creation",
  summary: `${reason} Turning it on later is refused on Microsoft's word, turning it off on what others report.`,
  remediation: "Keep it as it is, or create another vault with the wanted setting for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.cmk,
  needs: ["vault"],
  states: infrastructureEncryption,
  judge(change) {
    const isTurnedOff = change.after && stateOf(infrastructureEncryption, change.after) === "Disabled";
    return judgeMove(infrastructureEncryption, change, reason).map((finding) =>
      isTurnedOff
        ? {
            ...finding,
            ...fromTo(infrastructureEncryption, change),
            evidence: "community",
            source: reports.azurermInfrastructureEncryption,
          }
        : finding,
    );
  },
};

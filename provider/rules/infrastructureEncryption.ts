import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { isEncrypted, stateDiffers } from "./encryption.js";
import { fromTo, judgeMove, when } from "./findings.js";
import { type Change, type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import { relaxed, type StateMachine, stateOf } from "./stateMachine.js";
import { all, any, differs, not, truthOf } from "./truth.js";

const setting: Pick<StateMachine, "property" | "read" | "whenAbsent" | "terminalStates"> = {
  property: "encryption.infrastructureEncryption",
  read: (vault) => vault.encryption?.infrastructureEncryption,
  whenAbsent: "Disabled",
  terminalStates: ["Enabled"],
};

const infrastructureEncryption: Record<VaultKind, StateMachine> = {
  BackupVault: {
    ...setting,
    moves: {
      // "You can enable this only on a new vault during the encryption using Customer-Managed Keys (CMK)":
      // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
      Disabled: [],
      // https://github.com/hashicorp/terraform-provider-azurerm/pull/31340 (checked 2026-11)
      Enabled: [],
    },
  },
  RecoveryServicesVault: {
    ...setting,
    // "Once Enabled/Disabled, infrastructure encryption setting cannot be changed":
    // https://github.com/Azure/azure-cli/pull/18692 (checked 2026-11)
    moves: { Disabled: [], Enabled: [] },
    conditional: {
      when: "the vault has no customer-managed key yet",
      moves: { Disabled: ["Enabled"], Enabled: ["Disabled"] },
    },
  },
};

const reasons: Record<VaultKind, string> = {
  BackupVault:
    "Infrastructure encryption can be chosen only when a vault is created, together with its customer-managed key.",
  RecoveryServicesVault:
    "Infrastructure encryption is chosen together with a vault's first customer-managed key, and cannot be changed afterwards.",
};

export const fixed = ofBothKinds({
  code: "infrastructure-encryption-fixed",
  topic: "infrastructureEncryption",
  title: {
    BackupVault: "Infrastructure encryption is chosen at creation",
    RecoveryServicesVault: "Infrastructure encryption is chosen with the first key",
  },
  summary: {
    BackupVault:
      `${reasons.BackupVault} That it cannot be turned on later is stated by Microsoft; that it cannot be turned off is ` +
      "reported by others.",
    RecoveryServicesVault: reasons.RecoveryServicesVault,
  },
  remediation: "Keep the current setting, or create another vault with the setting you need for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: { BackupVault: true, RecoveryServicesVault: false },
  source: { BackupVault: sources.cmk.BackupVault, RecoveryServicesVault: sources.infrastructureEncryption },
  needs: ["vault"],
  states: infrastructureEncryption,
  judge: { BackupVault: judgeFixed, RecoveryServicesVault: judgeFixedWithKey },
});

function judgeFixed(change: Change<"BackupVault">): Finding[] {
  const machine = infrastructureEncryption.BackupVault;
  const found = judgeMove(machine, change, reasons.BackupVault);
  const isTurnedOff = change.after && stateOf(machine, change.after) === "Disabled";
  if (!isTurnedOff) return found;
  const source = reports.azurermInfrastructureEncryption;
  return found.map((finding) => ({ ...finding, ...fromTo(machine, change), evidence: "community", source }));
}

function judgeFixedWithKey(change: Change<"RecoveryServicesVault">): Finding[] {
  const machine = infrastructureEncryption.RecoveryServicesVault;
  const isFree = change.before && isEncrypted(change.before, "unknownCurrent") === "no";
  return judgeMove(isFree ? relaxed(machine) : machine, change, reasons.RecoveryServicesVault);
}

const needsReason = "Infrastructure encryption is available only with a customer-managed key.";

const needsKey: Rule<"BackupVault"> = {
  code: "infrastructure-encryption-needs-cmk",
  topic: "infrastructureEncryption",
  resource: "BackupVault",
  title: "Infrastructure encryption needs a customer-managed key",
  summary: needsReason,
  remediation:
    "Set `encryption.keyUri` and `encryption.identity` too, or remove `encryption.infrastructureEncryption`.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const machine = infrastructureEncryption.BackupVault;
    const state = stateOf(machine, after);
    const isOn = state === unknown ? "unknownDesired" : truthOf(state === "Enabled");
    const isKeyless = not(isEncrypted(after, "unknownDesired"));
    const isTouched = before
      ? any(
          differs(stateOf(machine, before), state),
          all(isEncrypted(before, "unknownCurrent"), stateDiffers(before, after)),
        )
      : "yes";
    const finding = { decision: "refuse", ...fromTo(machine, change), reason: needsReason } as const;
    return when(all(isOn, isKeyless, isTouched), finding, change);
  },
};

export const infrastructureEncryptionRules: RulesByKind = {
  BackupVault: [fixed.BackupVault, needsKey],
  RecoveryServicesVault: [fixed.RecoveryServicesVault],
};

import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { items } from "./contents.js";
import { fromTo, judgeConditional, judgeMove, undecided, when } from "./findings.js";
import { redundancy } from "./redundancy.js";
import { type Change, type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { isUnrecognized, type StateMachine, stateOf } from "./stateMachine.js";
import { all, any, differs, truthOf } from "./truth.js";
import { unended } from "./wording.js";

const setting: Pick<StateMachine, "property" | "read" | "whenAbsent"> = {
  property: "crossRegionRestore",
  read: (vault) => vault.crossRegionRestore,
  whenAbsent: "Disabled",
};

export const crossRegionRestore: Record<VaultKind, StateMachine> = {
  BackupVault: {
    ...setting,
    moves: {
      // https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore (checked 2026-11)
      Disabled: ["Enabled"],
      // "CrossRegionRestore state cannot be changed from Enabled to Disabled." of an empty vault too:
      // https://github.com/Azure/azure-cli-extensions/tree/main/src/dataprotection/azext_dataprotection/tests/latest/recordings (checked 2026-11)
      Enabled: [],
    },
    terminalStates: ["Enabled"],
  },
  RecoveryServicesVault: {
    ...setting,
    moves: {
      // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
      Disabled: ["Enabled"],
      Enabled: [],
    },
    conditional: {
      // "can't be reverted to GRS or LRS after the protection starts for the first time":
      // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
      when: "the vault has no protected items",
      moves: { Enabled: ["Disabled"] },
    },
    terminalStates: [],
  },
};

const needsGeoReason = "Cross-region restore is available only for a vault whose `redundancy` is GeoRedundant.";

const needsGeo = ofBothKinds({
  code: "crr-needs-geo",
  topic: "crossRegionRestore",
  title: "Cross-region restore needs geo-redundancy",
  summary: {
    BackupVault: needsGeoReason,
    RecoveryServicesVault: `${needsGeoReason} A vault that does not set \`redundancy\` is GeoRedundant.`,
  },
  remediation: "Set `redundancy` to GeoRedundant, or leave `crossRegionRestore` Disabled.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: { BackupVault: sources.crossRegionRestore, RecoveryServicesVault: sources.recoveryServicesCreate },
  needs: [],
  judge: {
    BackupVault: (change) => judgeNeedsGeo("BackupVault", change),
    RecoveryServicesVault: (change) => judgeNeedsGeo("RecoveryServicesVault", change),
  },
});

function judgeNeedsGeo(kind: VaultKind, change: Change): Finding[] {
  const { operation, before, after } = change;
  if (!after || operation === "replace") return [];
  const [restoreOf, storageOf] = [crossRegionRestore[kind], redundancy[kind]];
  const restore = stateOf(restoreOf, after);
  const storage = stateOf(storageOf, after);
  const isEnabled = restore === unknown ? "unknownDesired" : truthOf(restore === "Enabled");
  if (isEnabled === "no") return [];
  const storageDiffers = before ? differs(stateOf(storageOf, before), storage) : "no";
  const isTouched = before ? any(differs(stateOf(restoreOf, before), restore), storageDiffers) : "yes";
  const where = fromTo(before && storageDiffers === "yes" ? storageOf : restoreOf, change);
  if (storage === "unset" || isUnrecognized(storageOf, storage)) {
    if (all(isEnabled, isTouched) === "no") return [];
    const what = storage === "unset" ? "it is not set" : `this version does not recognize ${String(storage)}`;
    return [undecided(where, { reason: `${unended(needsGeoReason)}, and ${what}.` })];
  }
  const isOther = storage === unknown ? "unknownDesired" : truthOf(storage !== "GeoRedundant");
  return when(all(isEnabled, isTouched, isOther), { decision: "refuse", ...where, reason: needsGeoReason }, change);
}

const remediation = "Keep `crossRegionRestore` Enabled, or create another vault without it for new backups.";

const neverReason = "Azure does not allow cross-region restore to be turned off again, even on an empty vault.";

/** Its code is older than the knowledge that it takes no protection. */
export const staysOn: Rule<"BackupVault"> = {
  code: "crr-after-protection",
  topic: "crossRegionRestore",
  resource: "BackupVault",
  title: "Cross-region restore stays on",
  summary:
    `${neverReason} Removing the argument means Disabled, which is refused too. Microsoft's page mentions only vaults ` +
    "that protect something; in Microsoft's own recordings, Azure refuses it on empty vaults too.",
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.dataProtectionRecordings,
  needs: ["vault"],
  states: crossRegionRestore.BackupVault,
  judge: (change) => judgeMove(crossRegionRestore.BackupVault, change, neverReason),
};

const protectedReason = "Cross-region restore cannot be disabled after protection has started for the first time.";

const afterProtection: Rule<"RecoveryServicesVault"> = {
  code: "rsv-crr-after-protection",
  topic: "crossRegionRestore",
  resource: "RecoveryServicesVault",
  title: "Cross-region restore stays on once anything is protected",
  summary: `${protectedReason} Removing the argument means Disabled. Soft-deleted items count, because their protection did start.`,
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCreate,
  needs: ["protectedItems", "vault"],
  states: crossRegionRestore.RecoveryServicesVault,
  judge: (change) =>
    judgeConditional(crossRegionRestore.RecoveryServicesVault, change, protectedReason, () => {
      const holds = items(change.facts, { withSoftDeleted: true });
      if (holds.is === "empty") return { is: "met" };
      if (holds.is === "open") return holds;
      return {
        is: "unmet",
        override: { reason: `${unended(protectedReason)}, and this vault holds ${holds.text}.` },
      };
    }),
};

export const crossRegionRestoreRules: RulesByKind = {
  BackupVault: [needsGeo.BackupVault, staysOn],
  RecoveryServicesVault: [needsGeo.RecoveryServicesVault, afterProtection],
};

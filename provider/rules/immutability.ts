import { unknown } from "../vaults/ruleVault.js";
import { fromTo, judgeMove, when } from "./findings.js";
import { ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import { isUnrecognized, relaxed, type StateMachine, stateOf } from "./stateMachine.js";
import { all, type Truth, truthOf } from "./truth.js";

const setting: Pick<StateMachine, "property" | "read" | "whenAbsent" | "terminalStates"> = {
  property: "immutability",
  read: (vault) => vault.immutability,
  whenAbsent: "Disabled",
  terminalStates: ["Locked"],
};

export const immutability = {
  BackupVault: {
    ...setting,
    moves: {
      // The portal offers the lock only after Unlocked; Azure takes it in one step too.
      // https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
      Disabled: ["Unlocked", "Locked"],
      // "reversible": https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
      Unlocked: ["Disabled", "Locked"],
      // Irreversible: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
      Locked: [],
    },
  },
  RecoveryServicesVault: {
    ...setting,
    moves: {
      // "reversible": https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
      Disabled: ["Unlocked"],
      Unlocked: ["Disabled", "Locked"],
      // Irreversible: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept (checked 2026-11)
      Locked: [],
    },
    conditional: {
      // https://github.com/Azure/azure-rest-api-specs/issues/26598 (checked 2026-11)
      when: "the vault is Unlocked first, which RecoveryServicesVault does by itself",
      moves: { Disabled: ["Locked"] },
    },
  },
} satisfies Record<string, StateMachine>;

const lockedReason = "Locked immutability is permanent.";

export const locked = ofBothKinds({
  code: "immutability-locked",
  topic: "immutability",
  title: "A locked vault cannot be unlocked",
  summary: `${lockedReason} Removing the argument means Disabled, which is refused too.`,
  remediation: "Keep Locked, or create another vault for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: ["vault"],
  states: immutability,
  judge: {
    BackupVault: (change) => judgeMove(immutability.BackupVault, change, lockedReason),
    // How Locked is reached is rsv-immutability-skips-unlocked's question.
    RecoveryServicesVault: (change) =>
      judgeMove(relaxed<StateMachine>(immutability.RecoveryServicesVault), change, lockedReason),
  },
});

const neverSet: Rule<"BackupVault"> = {
  code: "immutability-never-set-locked",
  topic: "immutability",
  resource: "BackupVault",
  title: "Locking a vault whose immutability was never set",
  summary: "Others report that Azure fails to lock a vault whose immutability was never set to any value before.",
  remediation:
    "If Azure refuses it, set `immutability` to Disabled or Unlocked first, and to Locked in the next update.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.neverSetImmutability,
  needs: ["vault"],
  judge: (change) => {
    const { before, after } = change;
    if (!after || change.operation === "replace" || stateOf(immutability.BackupVault, after) !== "Locked") return [];
    if (before && (before.immutability ?? undefined) !== undefined) return [];
    const reason = "Locking a vault whose immutability was never set has been observed to fail.";
    return [{ decision: "warn", ...fromTo(immutability.BackupVault, change), reason }];
  },
};

const atCreateReason = "Azure has been observed to refuse a new vault that is created Locked.";

const lockedAtCreate: Rule<"RecoveryServicesVault"> = {
  code: "rsv-immutability-locked-at-create",
  topic: "immutability",
  resource: "RecoveryServicesVault",
  title: "No vault is created locked",
  summary: `${atCreateReason} RecoveryServicesVault creates it Unlocked and then locks it, in one \`pulumi up\`.`,
  remediation: "Create the vault Unlocked, and lock it in a later update.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.lockedAtCreate,
  needs: [],
  judge: (change) => {
    const { operation, after, multiRequestWrites } = change;
    if (operation !== "create" || !after || multiRequestWrites) return [];
    const machine = immutability.RecoveryServicesVault;
    const state = stateOf(machine, after);
    const isLocked = state === unknown ? "unknownDesired" : truthOf(state === "Locked");
    return when(isLocked, { decision: "refuse", ...fromTo(machine, change), reason: atCreateReason }, change);
  },
};

const skipsReason = "Azure has been observed to lock only a vault that is Unlocked.";

const skipsUnlocked: Rule<"RecoveryServicesVault"> = {
  code: "rsv-immutability-skips-unlocked",
  topic: "immutability",
  resource: "RecoveryServicesVault",
  title: "Locked is reached through Unlocked",
  summary: `${skipsReason} RecoveryServicesVault takes both steps in one \`pulumi up\`.`,
  remediation: "Set Unlocked first, and Locked in the next update.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.azurermRecoveryServicesVault,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after, multiRequestWrites } = change;
    if (operation !== "change" || !before || !after || multiRequestWrites) return [];
    const machine = immutability.RecoveryServicesVault;
    const from = stateOf(machine, before);
    const to = stateOf(machine, after);
    if (isUnrecognized(machine, from)) return [];
    const isMutable: Truth = from === unknown ? "unknownCurrent" : truthOf(from === "Disabled");
    const isLocked: Truth = to === unknown ? "unknownDesired" : truthOf(to === "Locked");
    const finding = { decision: "refuse", ...fromTo(machine, change), reason: skipsReason } as const;
    return when(all(isMutable, isLocked), finding, change);
  },
};

export const immutabilityRules: RulesByKind = {
  BackupVault: [locked.BackupVault, neverSet],
  RecoveryServicesVault: [locked.RecoveryServicesVault, lockedAtCreate, skipsUnlocked],
};

import { unknown } from "../vaults/ruleVault.js";
import { fromTo, judgeMove, when } from "./findings.js";
import type { Change, Finding, Rule } from "./rule.js";
import { sources } from "./sources.js";
import { isUnrecognized, relaxed, type StateMachine, stateOf } from "./stateMachine.js";
import { all, type Truth, truthOf } from "./truth.js";

const recoveryServicesStates = {
  whenAbsent: "AlwaysON",
  moves: {
    // https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11)
    Disabled: ["AlwaysON"],
    Enabled: ["AlwaysON"],
    // "Once you opt for this state, soft delete can't be disabled":
    // https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about (checked 2026-11)
    AlwaysON: [],
  },
  terminalStates: ["AlwaysON"],
};

export const softDelete = {
  BackupVault: {
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
      when: "the api-version is before 2025-09-01 and secure by default is not generally available in the region",
      moves: { On: ["Off"] },
    },
    terminalStates: ["AlwaysOn"],
  },
  RecoveryServicesVault: {
    ...recoveryServicesStates,
    property: "softDelete.state",
    read: (vault) => vault.softDelete?.state,
  },
} satisfies Record<string, StateMachine>;

const enhancedSecurity: StateMachine<"RecoveryServicesVault"> = {
  ...recoveryServicesStates,
  property: "softDelete.enhancedSecurityState",
  read: (vault) => vault.softDelete?.enhancedSecurityState ?? vault.softDelete?.state,
};

const alwaysOnReason = "Always-on soft delete is permanent.";

export const alwaysOn: Rule<"BackupVault"> = {
  code: "soft-delete-always-on",
  topic: "softDelete",
  resource: "BackupVault",
  title: "Always-on soft delete stays on",
  summary: `${alwaysOnReason} Removing the argument means On, which is refused too.`,
  remediation: "Keep AlwaysOn. `softDelete.retentionDurationInDays` can still be changed, from 14 to 180.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.softDelete,
  needs: ["vault"],
  states: softDelete.BackupVault,
  // From On to Off is soft-delete-off-by-api-version's question.
  judge: (change) => judgeMove(relaxed(softDelete.BackupVault), change, alwaysOnReason),
};

const offReason = "Azure no longer allows a vault's soft delete or enhanced security to be disabled.";

export const off: Rule<"RecoveryServicesVault"> = {
  code: "rsv-soft-delete-off",
  topic: "softDelete",
  resource: "RecoveryServicesVault",
  title: "Soft delete can no longer be disabled",
  summary: `${offReason} This applies in all regions and with every api-version.`,
  remediation:
    "Set AlwaysON. To purge deleted backups as early as possible, set `softDelete.retentionDurationInDays` to 14, the shortest retention.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["vault"],
  states: softDelete.RecoveryServicesVault,
  judge: (change) => [...judgeOff(softDelete.RecoveryServicesVault, change), ...judgeOff(enhancedSecurity, change)],
};

function judgeOff(machine: StateMachine<"RecoveryServicesVault">, change: Change<"RecoveryServicesVault">): Finding[] {
  const { before, after, operation } = change;
  if (!after || operation === "replace") return [];
  const from = before ?? { softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON" } };
  // What else the table forbids is weaker than always on, which is rsv-soft-delete-not-always-on.
  const isOff = stateOf(machine, after) !== "Enabled";
  const found = judgeMove(machine, { ...change, before: from }, offReason).filter(
    ({ decision }) => isOff || decision !== "refuse",
  );
  return before ? found : found.map((finding) => ({ ...finding, from: "" }));
}

const notAlwaysOnReason = "Azure requires a vault's soft delete and enhanced security to be AlwaysON.";

const notAlwaysOn: Rule<"RecoveryServicesVault"> = {
  code: "rsv-soft-delete-not-always-on",
  topic: "softDelete",
  resource: "RecoveryServicesVault",
  title: "Soft delete is always on",
  summary: `${notAlwaysOnReason} It has been observed to refuse a write that asks for Enabled; an older vault keeps the state that it has.`,
  remediation: "Set AlwaysON, or remove `softDelete`.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    return [softDelete.RecoveryServicesVault, enhancedSecurity].flatMap((machine) => {
      const was = before ? stateOf(machine, before) : "AlwaysON";
      // A vault from earlier days keeps the state that it has.
      const isTouched: Truth =
        was === unknown ? "unknownCurrent" : truthOf(!isUnrecognized(machine, was) && was !== "Enabled");
      const truth = all(isTouched, truthOf(stateOf(machine, after) === "Enabled"));
      return when(truth, { decision: "refuse", ...fromTo(machine, change), reason: notAlwaysOnReason }, change);
    });
  },
};

export const softDeleteRules = {
  BackupVault: [alwaysOn],
  RecoveryServicesVault: [off, notAlwaysOn],
};

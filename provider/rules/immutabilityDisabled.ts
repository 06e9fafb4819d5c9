import { fromTo } from "./findings.js";
import { immutability } from "./immutability.js";
import { type Change, type Finding, ofBothKinds, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { type StateMachine, stateOf } from "./stateMachine.js";

const reason =
  "From then on, backups in the vault can be deleted and kept for less time, by a later run or by anyone with the permissions for it.";

/** Azure allows the way back from Unlocked, which ends what immutability is for. */
const disabled = ofBothKinds({
  code: "immutability-disabled",
  topic: "immutability",
  title: "A vault that is no longer immutable",
  summary:
    "Immutability that is Unlocked can be disabled again. After that, Azure no longer refuses the operations that lose backups, " +
    "such as their deletion and a shorter retention.",
  remediation: "Continue only if the vault's backups do not need this protection any more.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: ["vault"],
  judge: {
    BackupVault: (change) => announce(immutability.BackupVault, change),
    RecoveryServicesVault: (change) => announce<"RecoveryServicesVault">(immutability.RecoveryServicesVault, change),
  },
});

function announce<K extends keyof RulesByKind>(machine: StateMachine<K>, change: Change<K>): Finding[] {
  const { operation, before, after } = change;
  if (operation !== "change" || !before || !after) return [];
  const isDisabled = stateOf(machine, before) === "Unlocked" && stateOf(machine, after) === "Disabled";
  return isDisabled ? [{ decision: "warn", ...fromTo(machine, change), reason }] : [];
}

export const immutabilityDisabledRules: RulesByKind = {
  BackupVault: [disabled.BackupVault],
  RecoveryServicesVault: [disabled.RecoveryServicesVault],
};

import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { staysOn } from "./crossRegionRestore.js";
import { permanentlyDisabled } from "./crossSubscriptionRestore.js";
import { encryption } from "./encryption.js";
import { afterRegistration, disabled } from "./encryptionState.js";
import { fromTo } from "./findings.js";
import { locked } from "./immutability.js";
import { fixed } from "./infrastructureEncryption.js";
import { type Change, type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { alwaysOn, off } from "./softDelete.js";
import { sources } from "./sources.js";
import { move, relaxed, type StateMachine, type States, stateOf } from "./stateMachine.js";
import { comesAtUp } from "./undecided.js";

/** The rules whose state machines have a state without a way back. */
const irreversible = {
  BackupVault: [locked.BackupVault, alwaysOn, staysOn, permanentlyDisabled.BackupVault, disabled, fixed.BackupVault],
  RecoveryServicesVault: [
    locked.RecoveryServicesVault,
    permanentlyDisabled.RecoveryServicesVault,
    afterRegistration,
    fixed.RecoveryServicesVault,
  ],
} as const satisfies RulesByKind;

const announced =
  "The preview in which one of them is set says so, even if the value is not known yet and may be one of them.";

const oneWayChange = ofBothKinds({
  code: "one-way-change",
  topic: "oneWayChange",
  title: "Permanent changes are announced",
  summary: {
    BackupVault:
      "Locking a vault, always-on soft delete, cross-region restore, permanently disabled cross-subscription restore, " +
      `encryption with a customer-managed key and infrastructure encryption are permanent. ${announced}`,
    RecoveryServicesVault:
      "Locking a vault, always-on soft delete, permanently disabled cross-subscription restore, encryption with a " +
      `customer-managed key and infrastructure encryption are permanent. ${announced}`,
  },
  remediation: "Continue only if this should be permanent.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: [],
  judge: {
    BackupVault: (change) => announce(irreversible.BackupVault, change),
    // A new vault's soft delete is always on, whatever the program says; an older one's comes to it here.
    RecoveryServicesVault: (change) =>
      announce(
        change.before ? [...irreversible.RecoveryServicesVault, off] : irreversible.RecoveryServicesVault,
        change,
      ),
  },
});

const announce = <K extends VaultKind>(rules: readonly Rule<K>[], change: Change<K>): Finding[] =>
  change.operation === "replace" ? [] : rules.flatMap((rule) => judgeEntering(rule, change));

function judgeEntering<K extends VaultKind>({ states, source, evidence }: Rule<K>, change: Change<K>): Finding[] {
  const { after } = change;
  if (!states || !after || !entersTerminalState(states, change)) return [];
  const to = stateOf(states, after);
  const finding = { decision: "warn", ...fromTo(states, change), source, evidence } as const;
  if (to === unknown) {
    const reason = `${comesAtUp.reason} If it ${becomesTerminal(states)}, there is no way back.`;
    const remediation = `Continue only if this may be permanent. ${comesAtUp.remediation}`;
    return [{ ...finding, reason, remediation }];
  }
  const reason = isOfKey(states)
    ? "There is no way back: the vault can never return to platform-managed keys."
    : `There is no way back: \`${states.property}\` stays ${String(to)} for the life of the vault.`;
  return [{ ...finding, reason }];
}

/** Whether the setting comes, or may come, to a state without a way back from one that has ways. */
function entersTerminalState<K extends VaultKind>(states: StateMachine<K>, { before, after }: Change<K>): boolean {
  const to = after && stateOf(states, after);
  if (typeof to === "string" && !states.terminalStates.includes(to)) return false;
  const from = before && stateOf(states, before);
  const isTerminal = from !== undefined && from !== unknown && states.terminalStates.includes(from);
  // Where Azure refuses the way in, there is no way to warn of.
  const open = relaxed(states);
  const isReached = states.terminalStates.some(
    (state) => (to === unknown || to === state) && (from === undefined || move(open, from, state) !== "forbidden"),
  );
  return !isTerminal && isReached;
}

const isOfKey = ({ property }: States): boolean => property === encryption.BackupVault.property;

const becomesTerminal = (states: States): string =>
  isOfKey(states) ? "sets a customer-managed key" : `is ${states.terminalStates.join(" or ")}`;

export const oneWayChangeRules: RulesByKind = {
  BackupVault: [oneWayChange.BackupVault],
  RecoveryServicesVault: [oneWayChange.RecoveryServicesVault],
};

import { unknown } from "../../vaults/ruleVault.js";
import { fromTo } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { move, relaxed, type StateMachine, stateOf } from "../stateMachine.js";
import { cmkDisabled } from "./cmkDisabled.js";
import { crrAfterProtection } from "./crrAfterProtection.js";
import { csrPermanentlyDisabled } from "./csrPermanentlyDisabled.js";
import { encryption } from "./encryption.js";
import { immutabilityLocked } from "./immutabilityLocked.js";
import { infrastructureEncryptionFixed } from "./infrastructureEncryptionFixed.js";
import { softDeleteAlwaysOn } from "./softDeleteAlwaysOn.js";

const doors = [
  immutabilityLocked,
  softDeleteAlwaysOn,
  crrAfterProtection,
  csrPermanentlyDisabled,
  cmkDisabled,
  infrastructureEncryptionFixed,
];

export const oneWayChange: Rule = {
  code: "one-way-change",
  resource: "BackupVault",
  title: "There is no way back",
  summary:
    "Locking a vault, soft delete that is always on, cross-region restore, cross-subscription restore that is " +
    "permanently disabled, encryption with a customer-managed key and infrastructure encryption are permanent. The " +
    "preview in which one of them is set says so, also where the value is not known yet and may be one of them.",
  remediation: "Go on only if it shall stay so for the life of the vault.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: cmkDisabled.source,
  needs: [],
  judge: (change) => announce(doors, change),
};

export const announce = (doors: readonly Rule[], change: Change): Finding[] =>
  change.operation === "replace" ? [] : doors.flatMap((door) => walkedThrough(door, change));

function walkedThrough({ states, source, evidence }: Rule, change: Change): Finding[] {
  const { before, after } = change;
  if (!states || !after) return [];
  const to = stateOf(states, after);
  const from = before && stateOf(states, before);
  const isTerminalState = (state: typeof from) =>
    state !== undefined && state !== unknown && states.terminalStates.includes(state);
  // Where Azure refuses the way in, there is no way to warn of.
  const open = relaxed(states);
  const isReached = states.terminalStates.some(
    (state) => (to === unknown || to === state) && (from === undefined || move(open, from, state) !== "forbidden"),
  );
  if (isTerminalState(from) || !isReached) return [];
  const finding = (reason: string, remediation?: string): Finding[] => [
    { decision: "warn", ...fromTo(states, change), reason, source, evidence, ...(remediation && { remediation }) },
  ];
  if (to === unknown) {
    const reason = `The new value is not known before \`pulumi up\`. If it ${comesTo(states)}, there is no way back.`;
    return finding(
      reason,
      "Continue only if that may be permanent. To know at preview, write the value itself into the program.",
    );
  }
  return finding(
    isOfKey(states)
      ? "There is no way back: a vault never returns to the platform's keys."
      : `There is no way back: a vault never leaves ${String(to)} again.`,
  );
}

const isOfKey = ({ property }: StateMachine): boolean => property === encryption.property;

const comesTo = (states: StateMachine): string =>
  isOfKey(states) ? "sets a customer-managed key" : `is ${states.terminalStates.join(" or ")}`;

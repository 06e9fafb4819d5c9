import { ends } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { stateOf } from "../stateMachine.js";
import { unknown } from "../vault.js";
import { cmkDisabled } from "./cmkDisabled.js";
import { csrPermanentlyDisabled } from "./csrPermanentlyDisabled.js";
import { encryption } from "./encryption.js";
import { immutabilityLocked } from "./immutabilityLocked.js";
import { softDeleteAlwaysOn } from "./softDeleteAlwaysOn.js";

const doors = [immutabilityLocked, softDeleteAlwaysOn, csrPermanentlyDisabled, cmkDisabled];

export const oneWayChange: Rule = {
  code: "one-way-change",
  resource: "BackupVault",
  title: "There is no way back",
  summary:
    "Locking a vault, soft delete that is always on, cross-subscription restore that is permanently disabled and " +
    "encryption with a customer-managed key are for good. The preview that walks through such a door says so.",
  instead: "Go on only if it shall stay so for the life of the vault.",
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
  const isBehind = (state: typeof from) => state !== undefined && state !== unknown && states.noWayBack.includes(state);
  if (!isBehind(to) || isBehind(from)) return [];
  const because =
    states.property === encryption.property
      ? "There is no way back: a vault never returns to the platform's keys."
      : `There is no way back: a vault never leaves ${String(to)} again.`;
  return [{ decision: "warn", ...ends(states, change), because, source, evidence }];
}

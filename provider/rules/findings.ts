import { unknown } from "../vaults/ruleVault.js";
import type { Fact } from "./facts.js";
import type { Change, Finding } from "./rule.js";
import { isUnrecognized, move, type StateMachine, stateOf } from "./stateMachine.js";
import type { Truth } from "./truth.js";
import { comesAtUp, notRead, type Open } from "./undecided.js";
import { shown } from "./wording.js";

type Ends = Pick<Finding, "property" | "from" | "to">;

/** The finding where something holds, nothing where it does not. A refusal that hangs on an open value is undecided. */
export function when(truth: Truth, finding: Finding, change: Change): Finding[] {
  if (truth === "yes") return [finding];
  if (truth === "no" || finding.decision === "warn") return [];
  return [undecided(finding, openValue(truth, finding.property, change))];
}

export function undecided({ property, from, to }: Ends, open: Open): Finding {
  return { decision: "undecided", property, from, to, ...open };
}

export const openValue = (truth: "before" | "after", property: string, { facts }: Change): Open =>
  truth === "before" ? notRead(property, facts) : comesAtUp;

/** From and to of a state, as messages show them. Azure's default is named where the argument is gone. */
export function fromTo(machine: StateMachine, { before, after }: Change): Ends {
  const isReset = before && after && (machine.read(after) ?? undefined) === undefined && machine.whenAbsent !== "unset";
  return {
    property: machine.property,
    from: before ? shown(stateOf(machine, before)) : "",
    to: after ? `${shown(stateOf(machine, after))}${isReset ? " (Azure's default)" : ""}` : "",
  };
}

/** What a state machine alone says to a creation or a change: nothing where the move is allowed. */
export function judgeMove(machine: StateMachine, change: Change, reason: string): Finding[] {
  const { operation, before, after } = change;
  if (!after || operation === "replace") return [];
  const to = stateOf(machine, after);
  // Any state that the table has may be a new vault's first one.
  if (!before) return isUnrecognized(machine, to) ? [undecided(fromTo(machine, change), unrecognized(machine))] : [];
  const from = stateOf(machine, before);
  switch (move(machine, from, to)) {
    case "forbidden":
      return [{ decision: "refuse", ...fromTo(machine, change), reason }];
    case "unrecognized":
      return [undecided(fromTo(machine, change), unrecognized(machine))];
    case "open":
      return [
        undecided(fromTo(machine, change), openValue(from === unknown ? "before" : "after", machine.property, change)),
      ];
    default:
      return [];
  }
}

export function unrecognized({ moves, property }: StateMachine): Open {
  return {
    reason: `This version knows ${Object.keys(moves).join(", ")} as values of ${property}, and no others.`,
    remediation: "Use one of them, or a version of pulumi-azure-backup that knows the value.",
  };
}

export function factValue<T>(fact: Fact<T> | undefined): T | undefined {
  return fact && "value" in fact ? fact.value : undefined;
}

import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { Fact } from "./facts.js";
import type { Change, Finding } from "./rule.js";
import { isUnrecognized, move, relaxed, type StateMachine, type States, stateOf } from "./stateMachine.js";
import type { OpenValue, Truth } from "./truth.js";
import { comesAtUp, notRead, type Open } from "./undecided.js";
import { listed, shown } from "./wording.js";

/** A property, and from what to what it goes. */
export type FromTo = Pick<Finding, "property" | "from" | "to">;

/** Where the vault as a whole is meant, as in a deletion. */
export const wholeVault = { property: "", from: "", to: "" } as const;

/** The finding where something holds, nothing where it does not. A refusal that hangs on an open value is undecided. */
export function when(truth: Truth, finding: Finding, change: Change): Finding[] {
  if (truth === "yes") return [finding];
  if (truth === "no" || finding.decision === "warn") return [];
  return [undecided(finding, openValue(truth, finding.property, change))];
}

export function undecided({ property, from, to }: FromTo, open: Open): Finding {
  return { decision: "undecided", property, from, to, ...open };
}

export const openValue = (truth: OpenValue, property: string, { facts, isUnread }: Change): Open =>
  truth === "unknownCurrent" || isUnread ? notRead(property, facts) : comesAtUp;

/** From and to of a state, as messages show them. Azure's default is named where the argument is gone. */
export function fromTo<K extends VaultKind>(machine: StateMachine<K>, { before, after }: Change<K>): FromTo {
  const isReset = before && after && (machine.read(after) ?? undefined) === undefined && machine.whenAbsent !== "unset";
  return {
    property: machine.property,
    from: before ? shown(stateOf(machine, before)) : "",
    to: after ? `${shown(stateOf(machine, after))}${isReset ? " (Azure's default)" : ""}` : "",
  };
}

/** What a state machine alone says to a creation or a change: nothing where the move is allowed. */
export function judgeMove<K extends VaultKind>(machine: StateMachine<K>, change: Change<K>, reason: string): Finding[] {
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
    case "open": {
      const open = from === unknown ? "unknownCurrent" : "unknownDesired";
      return [undecided(fromTo(machine, change), openValue(open, machine.property, change))];
    }
    default:
      return [];
  }
}

/** Whether the condition of a state machine's further moves is met. `override`: what a refusal says instead. */
export type Condition =
  | { is: "met" }
  | { is: "unmet"; override?: Partial<Pick<Finding, "reason" | "evidence">> }
  | { is: "open"; open: Open };

/** A state machine some of whose moves Azure allows only under a condition. */
export function judgeConditional<K extends VaultKind>(
  machine: StateMachine<K>,
  change: Change<K>,
  reason: string,
  condition: () => Condition,
): Finding[] {
  const whileUnmet = judgeMove(machine, change, reason);
  // The condition only allows more moves.
  if (whileUnmet.length === 0) return [];
  const whileMet = judgeMove(relaxed(machine), change, reason);
  // The condition is asked for only where it makes a difference.
  if (whileUnmet.length === whileMet.length) return whileMet;
  const known = condition();
  if (known.is === "met") return whileMet;
  if (known.is === "open") return [undecided(fromTo(machine, change), known.open)];
  return whileUnmet.map((finding) => (finding.decision === "refuse" ? { ...finding, ...known.override } : finding));
}

export function unrecognized({ moves, property }: States): Open {
  return {
    reason: `This version does not recognize the value of \`${property}\`; it knows ${listed(Object.keys(moves))}.`,
    remediation: "Use one of these values, or upgrade to a version of pulumi-azure-backup that recognizes it.",
  };
}

export function factValue<T>(fact: Fact<T> | undefined): T | undefined {
  return fact && "value" in fact ? fact.value : undefined;
}

import type { Change, Finding } from "./rule.js";
import { isStrange, move, type StateMachine, stateOf } from "./stateMachine.js";
import { unknown } from "./vault.js";
import { comesAtUp, shown, vaultNotRead } from "./wording.js";

/** What a state machine alone says to a change: nothing where the move is allowed. */
export function judgeMove(machine: StateMachine, change: Change, because: string): Finding[] {
  const { operation, before, after, facts } = change;
  if (!after || operation === "replace") return [];
  const { property } = machine;
  const to = stateOf(machine, after);
  // Any state that the table has may be a new vault's first one.
  if (!before) {
    return isStrange(machine, to) ? [strange(machine, "", shown(to))] : [];
  }
  const from = stateOf(machine, before);
  const ends = { property, from: shown(from), to: shown(to) };
  switch (move(machine, from, to)) {
    case "forbidden":
      return [{ decision: "refuse", ...ends, because }];
    case "strange":
      return [strange(machine, ends.from, ends.to)];
    case "open":
      return [
        from === unknown
          ? { decision: "undecided", ...ends, because: vaultNotRead(property, facts), needs: ["vault"] }
          : { decision: "undecided", ...ends, because: comesAtUp },
      ];
    default:
      return [];
  }
}

function strange(machine: StateMachine, from: string, to: string): Finding {
  return {
    decision: "undecided",
    property: machine.property,
    from,
    to,
    because: `This version knows only ${Object.keys(machine.moves).join(", ")} as values of ${machine.property}.`,
    instead: "Use one of them, or a version of pulumi-azure-backup that knows the value.",
  };
}

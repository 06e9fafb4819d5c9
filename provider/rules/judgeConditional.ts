import { fromTo, judgeMove, undecided } from "./findings.js";
import type { Change, Finding } from "./rule.js";
import { relaxed, type StateMachine } from "./stateMachine.js";
import type { Open } from "./undecided.js";

/** Whether the condition of a state machine's further moves is met. `told`: what a refusal says of it. */
export type Condition =
  | { is: "met" }
  | { is: "unmet"; told?: Partial<Pick<Finding, "reason" | "evidence">> }
  | { is: "open"; open: Open };

/** A state machine some of whose moves Azure allows only under a condition. */
export function judgeConditional(
  machine: StateMachine,
  change: Change,
  reason: string,
  condition: () => Condition,
): Finding[] {
  const whileUnmet = judgeMove(machine, change, reason);
  const whileMet = judgeMove(relaxed(machine), change, reason);
  // The condition is asked for only where it makes a difference.
  if (whileUnmet.length === whileMet.length) return whileMet;
  const known = condition();
  if (known.is === "met") return whileMet;
  if (known.is === "open") return [undecided(fromTo(machine, change), known.open)];
  return whileUnmet.map((finding) => (finding.decision === "refuse" ? { ...finding, ...known.told } : finding));
}

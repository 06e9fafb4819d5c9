import { ends, judgeMove, undecided } from "../findings.js";
import type { Change, Finding } from "../rule.js";
import { relaxed, type StateMachine } from "../stateMachine.js";
import { held } from "./held.js";

/** A state machine some of whose moves Azure allows only while the vault holds nothing. */
export function judgeWhileEmpty(machine: StateMachine, change: Change, because: string): Finding[] {
  const evenFull = judgeMove(machine, change, because);
  // Nothing that the vault holds makes a difference.
  if (!change.before || evenFull.length === 0) return evenFull;
  const holds = held(change.facts);
  if (holds.is === "empty") return judgeMove(relaxed(machine), change, because);
  if (holds.is === "open") return [undecided(ends(machine, change), holds.open)];
  const text = `${because.replace(/\.$/, "")}, and this one holds ${holds.text}.`;
  return evenFull.map((finding) => (finding.decision === "refuse" ? { ...finding, because: text } : finding));
}

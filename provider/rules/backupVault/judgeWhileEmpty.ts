import { ends, judgeMove, undecided } from "../findings.js";
import type { Change, Finding } from "../rule.js";
import { relaxed, type StateMachine } from "../stateMachine.js";
import { held } from "./held.js";

/** A state machine some of whose moves Azure allows only while the vault holds nothing. */
export function judgeWhileEmpty(machine: StateMachine, change: Change, because: string): Finding[] {
  const whileFull = judgeMove(machine, change, because);
  const whileEmpty = judgeMove(relaxed(machine), change, because);
  const holds = held(change.facts);
  // What the vault holds is asked for only where it makes a difference.
  if (whileFull.length === whileEmpty.length || holds.is === "empty") return whileEmpty;
  if (holds.is === "open") return [undecided(ends(machine, change), holds.open)];
  const text = `${because.replace(/\.$/, "")}, and this one holds ${holds.text}.`;
  // That soft-deleted instances count is inferred from the data that they still hold.
  const evidence = holds.onlyDeleted ? { evidence: "peers" as const } : {};
  return whileFull.map((finding) =>
    finding.decision === "refuse" ? { ...finding, because: text, ...evidence } : finding,
  );
}

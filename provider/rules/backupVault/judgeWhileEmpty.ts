import { judgeConditional } from "../judgeConditional.js";
import type { Change, Finding } from "../rule.js";
import type { StateMachine } from "../stateMachine.js";
import { held } from "./held.js";

/** A state machine some of whose moves Azure allows only while the vault holds nothing. */
export const judgeWhileEmpty = (machine: StateMachine, change: Change, reason: string): Finding[] =>
  judgeConditional(machine, change, reason, () => {
    const holds = held(change.facts);
    if (holds.is === "empty") return { is: "met" };
    if (holds.is === "open") return holds;
    const text = `${reason.replace(/\.$/, "")}, and this one holds ${holds.text}.`;
    // That soft-deleted instances count is inferred from the data that they still hold.
    return { is: "unmet", told: { reason: text, ...(holds.onlyDeleted && { evidence: "community" }) } };
  });

import { judgeConditional } from "../judgeConditional.js";
import type { Change, Finding } from "../rule.js";
import type { StateMachine } from "../stateMachine.js";
import { held } from "./held.js";

/** A state machine some of whose moves Azure allows only while the vault holds nothing. */
export const judgeWhileEmpty = (machine: StateMachine, change: Change, because: string): Finding[] =>
  judgeConditional(machine, change, because, () => {
    const holds = held(change.facts);
    if (holds.is === "empty") return { is: "met" };
    if (holds.is === "open") return holds;
    const text = `${because.replace(/\.$/, "")}, and this one holds ${holds.text}.`;
    // That soft-deleted instances count is inferred from the data that they still hold.
    return { is: "unmet", told: { because: text, ...(holds.onlyDeleted && { evidence: "peers" }) } };
  });

import type { Vault } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { FactName, Facts } from "./facts.js";
import type { StateMachine } from "./stateMachine.js";
import type { Evidence, Operation, Transition, Verdict } from "./verdict.js";

/** One rule: its code, its wording, its source and its judgement in one object. */
export interface Rule {
  code: string;
  resource: VaultKind;
  title: string;
  /** What is forbidden or announced, and why. */
  summary: string;
  /** What to do, unless a finding says it more exactly. */
  remediation: string;
  /** The strongest thing that the rule does. */
  decision: "refuse" | "warn";
  evidence: Evidence;
  /** True where a refusal of this rule may rest on `peers`, and `accept` turns it into a warning. */
  overridable: boolean;
  source: string;
  /** The live facts that the rule may depend on. */
  needs: FactName[];
  /** The table that decides, where the rule guards a state machine. */
  states?: StateMachine;
  judge(change: Change): Finding[];
}

/** A transition whose kind is known, with both vaults in canonical spelling. */
export interface Change extends Omit<Transition, "resource" | "facts" | "deletedBy"> {
  operation: Operation;
  writes: boolean;
  before?: Vault;
  after?: Vault;
  facts: Facts;
}

/** What a rule found. What it leaves out is the rule's own. */
export type Finding = Pick<Verdict, "decision" | "property" | "from" | "to" | "reason"> &
  Partial<Pick<Verdict, "needs" | "remediation" | "source" | "evidence">>;

export { applyAccept } from "./accept.js";
export { describe } from "./describe.js";
export type { Access, Fact, FactName, Facts, Instance, Key, KeyVault } from "./facts.js";
export { judge, ruleCodes, rules } from "./judge.js";
export type { Rule } from "./rule.js";
export type { StateMachine } from "./stateMachine.js";
export { factNouns } from "./undecided.js";
export { type Encryption, type Maybe, unknown, type Vault } from "./vault.js";
export type { Evidence, Operation, Transition, Verdict } from "./verdict.js";

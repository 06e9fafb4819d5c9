export { applyAccept, overridableCodes } from "./accept.js";
export { describe, reported, vaultsNamed } from "./describe.js";
export { type Evaluated, evaluateWithFacts } from "./evaluate.js";
export type {
  Access,
  Fact,
  FactName,
  Facts,
  Instance,
  Key,
  KeyVault,
  ProtectedItem,
  RegisteredContainer,
  Replication,
} from "./facts.js";
export { factValue } from "./findings.js";
export { type IrreversibleSetting, irreversibleSettings } from "./irreversibleSettings.js";
export { judge, ruleCodes, rules } from "./judge.js";
export type { Rule } from "./rule.js";
export type { StateMachine } from "./stateMachine.js";
export { factNouns } from "./undecided.js";
export type { Evidence, Operation, Transition, Verdict } from "./verdict.js";

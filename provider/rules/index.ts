export { applyAccept } from "./accept.js";
export { type ClosedDoor, closedDoors } from "./closedDoors.js";
export { describe, reported, vaultNouns, vaultsNamed } from "./describe.js";
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
export { judge, ruleCodes, rules } from "./judge.js";
export type { Rule } from "./rule.js";
export type { StateMachine } from "./stateMachine.js";
export { factNouns } from "./undecided.js";
export { type Encryption, type Maybe, unknown, type Vault } from "./vault.js";
export { noVaultId, parseVaultId, type VaultIdParts, vaultIdForms, vaultIdOf } from "./vaultId.js";
export type { Evidence, Operation, Transition, VaultKind, Verdict } from "./verdict.js";

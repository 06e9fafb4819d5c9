export { lessFrequent, type OtherFrequency } from "./backupFrequency.js";
export { backupRoleRemoved } from "./backupRoles.js";
export {
  type BackedUp,
  extensionChanged,
  sourceDeleted,
  sourcePartDeleted,
  sourceUnlocked,
  sourceWeakened,
} from "./backupSources.js";
export { catalogue, dependencyRules, ruleText } from "./catalogue.js";
export { type ClosedSetting, sourceClosed } from "./closedSources.js";
export {
  controlsAsking,
  controlsOf,
  controlsOfRule,
  type Demand,
  demands,
} from "./controls.js";
export * from "./deletedBackups.js";
export { type DeletedGroup, groupDeleted, holdingFacts, holdings, type VaultInGroup } from "./deletedGroup.js";
export { type DependencyRule, judgeDependency, type VaultName } from "./dependency.js";
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
export { consentNeeded } from "./guardConsent.js";
export * from "./guardedBackups.js";
export * from "./guardedPolicy.js";
export * from "./guards.js";
export { regionOf } from "./identities.js";
export * from "./instanceChanges.js";
export { irreversibleSettings, outdated } from "./irreversibleSettings.js";
export * from "./itemPolicies.js";
export { applyAccept, judge } from "./judge.js";
export * from "./keyDependencies.js";
export { instanceNarrowed, itemNarrowed, type NarrowedBackup } from "./narrowedBackups.js";
export * from "./newLocks.js";
export * from "./policyChanges.js";
export {
  asVaulted,
  type ChangedProtectionPolicy,
  type MovedToVault,
  protectionPolicyLonger,
  protectionPolicyShorter,
  protectionPolicyVaulted,
} from "./protectionPolicyChanges.js";
export * from "./removedProtection.js";
export type { AnyRule, RuleText, Topic } from "./rule.js";
export { allRules, overridableCodes, ruleCodes, ruleOf, rules } from "./rules.js";
export {
  type DeletedSnapshot,
  type SnapshotOwner,
  type SnapshotOwners,
  snapshotDeleted,
  snapshotGroupDeleted,
} from "./snapshotGroup.js";
export type { StateMachine, States } from "./stateMachine.js";
export type { Transition } from "./transition.js";
export { factNouns, isOnlyKnownAtUp } from "./undecided.js";
export type { Control, Evidence, IrreversibleSetting, Operation, UnmetControl, Verdict } from "./verdict.js";
export { capitalized, counted, ended, listed } from "./wording.js";

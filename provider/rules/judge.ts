import type { VaultKind } from "../vaults/vaultId.js";
import { isReplacement } from "./replacement.js";
import type { Change, Finding, Rule, RulesByKind, Topic } from "./rule.js";
import { rules } from "./rules.js";
import type { Transition } from "./transition.js";
import type { Verdict } from "./verdict.js";

/** All verdicts on a transition, in the order of the rules. Nothing is read, nothing is thrown. */
export function judge(transition: Transition): Verdict[] {
  const verdicts = verdictsOf(transition.resource, changesOf(transition));
  if (verdicts.length < 2) return verdicts;
  const said = new Set<string>();
  return verdicts.filter((each) => {
    const key = sayingOf(each);
    return said.has(key) ? false : said.add(key);
  });
}

function verdictsOf<K extends VaultKind>(kind: K, changes: readonly Change<K>[]): Verdict[] {
  const isEncrypted = changes.some(({ before, after }) => before?.encryption ?? after?.encryption);
  // Most rules find nothing, and a review asks all of them about thousands of vaults.
  const ofKind: readonly Rule<K>[] = isEncrypted ? rules[kind] : withoutEncryption[kind];
  const verdicts: Verdict[] = [];
  for (const rule of ofKind) {
    for (const change of changes) {
      for (const finding of rule.judge(change)) verdicts.push(verdictOf(rule, change, finding));
    }
  }
  return verdicts;
}

/** The topics whose rules judge only the encryption of a vault, and most vaults have none before and after the change. */
const ofEncryption: ReadonlySet<Topic> = new Set<Topic>([
  "encryption",
  "infrastructureEncryption",
  "key",
  "keyVault",
  "keyAccess",
  "keyIdentity",
  "keyChange",
  "keyCoverage",
]);

const withoutEncryption: RulesByKind = {
  BackupVault: rules.BackupVault.filter(({ topic }) => !ofEncryption.has(topic)),
  RecoveryServicesVault: rules.RecoveryServicesVault.filter(({ topic }) => !ofEncryption.has(topic)),
};

/** Several rules may hang on one thing that is not known: that is said once, by the first of them. */
function sayingOf(verdict: Verdict): string {
  const { code: _, remediation: _1, source: _2, evidence: _3, from: _4, to: _5, ...open } = verdict;
  return JSON.stringify(verdict.decision === "undecided" ? open : verdict);
}

function changesOf(transition: Transition): Change[] {
  const { before, after, facts = {}, apiVersion, deletedBy = apiVersion, writes = true } = transition;
  const { when, isSettled, isUnread, multiRequestWrites, now, planned, isOnlyApiVersion, deletesItems } = transition;
  const how = { when, isSettled, isUnread, multiRequestWrites, planned, isOnlyApiVersion, deletesItems };
  const given = { facts, apiVersion, writes, now, ...how };
  if (!before || !after) {
    if (before) return [{ ...given, apiVersion: deletedBy, operation: "delete", before }];
    return after ? [{ ...given, operation: "create", after }] : [];
  }
  const isReplaced = typeof planned === "object" || isReplacement(transition.resource, before, after);
  if (!isReplaced) return [{ ...given, operation: "change", before, after }];
  if (planned === "update") return [{ ...given, operation: "replace", before, after }];
  return [
    { ...given, operation: "replace", before, after },
    { ...given, apiVersion: deletedBy, operation: "delete", before },
    { ...given, operation: "create", after },
  ];
}

function verdictOf<K extends VaultKind>(rule: Rule<K>, { operation }: Change<K>, finding: Finding): Verdict {
  const { code, resource, remediation, source } = rule;
  const evidence = finding.evidence ?? rule.evidence;
  // By the same evidence that its message names: who is told that a refusal is only reported may override it.
  const overridable = finding.decision === "refuse" && evidence === "community";
  return { code, resource, operation, remediation, source, ...finding, evidence, overridable };
}

/** Refusals that the program accepts become warnings. What rests on Microsoft's word stays refused. */
export function applyAccept(verdicts: Verdict[], accept: string[]): Verdict[] {
  return verdicts.map((verdict) =>
    verdict.decision === "refuse" && verdict.overridable && accept.includes(verdict.code)
      ? { ...verdict, decision: "warn", accepted: true }
      : verdict,
  );
}

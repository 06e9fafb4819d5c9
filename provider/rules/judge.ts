import type { VaultKind } from "../vaults/vaultId.js";
import { backupVaultRules } from "./backupVault/index.js";
import { isReplacement } from "./backupVault/replacement.js";
import { recoveryServicesVaultRules } from "./recoveryServicesVault/index.js";
import type { Change, Finding, Rule } from "./rule.js";
import type { Transition, Verdict } from "./verdict.js";

export const rules: readonly Rule[] = [...backupVaultRules, ...recoveryServicesVaultRules];

const rulesOf: Record<VaultKind, readonly Rule[]> = {
  BackupVault: backupVaultRules,
  RecoveryServicesVault: recoveryServicesVaultRules,
};

export const ruleCodes: readonly string[] = rules.map((rule) => rule.code);

/** All verdicts on a transition, in the order of the rules. Nothing is read, nothing is thrown. */
export function judge(transition: Transition): Verdict[] {
  const changes = changesOf(transition);
  const verdicts = rulesOf[transition.resource].flatMap((rule) =>
    changes.flatMap((change) => rule.judge(change).map((finding) => verdict(rule, change, finding))),
  );
  const said = new Set<string>();
  return verdicts.filter((each) => {
    const key = sayingOf(each);
    return said.has(key) ? false : said.add(key);
  });
}

/** Several rules may hang on one thing that is not known: that is said once, by the first of them. */
function sayingOf(verdict: Verdict): string {
  const { code: _, remediation: _1, source: _2, evidence: _3, from: _4, to: _5, ...open } = verdict;
  return JSON.stringify(verdict.decision === "undecided" ? open : verdict);
}

function changesOf(transition: Transition): Change[] {
  const { before, after, facts = {}, apiVersion, deletedBy = apiVersion, writes = true } = transition;
  const { when, isSettled, multiRequestWrites, now, planned, isOnlyApiVersion } = transition;
  const given = { facts, apiVersion, isOnlyApiVersion, writes, when, isSettled, multiRequestWrites, now, planned };
  if (!before || !after) {
    if (before) return [{ ...given, apiVersion: deletedBy, operation: "delete", before }];
    return after ? [{ ...given, operation: "create", after }] : [];
  }
  const isReplaced = typeof planned === "object";
  if (!isReplaced && !isReplacement(before, after)) return [{ ...given, operation: "change", before, after }];
  if (planned === "update") return [{ ...given, operation: "replace", before, after }];
  return [
    { ...given, operation: "replace", before, after },
    { ...given, apiVersion: deletedBy, operation: "delete", before },
    { ...given, operation: "create", after },
  ];
}

function verdict(rule: Rule, { operation }: Change, finding: Finding): Verdict {
  const { code, resource, remediation, source } = rule;
  const evidence = finding.evidence ?? rule.evidence;
  // By the same evidence that its message names: who is told that a refusal is only reported may override it.
  const overridable = finding.decision === "refuse" && evidence === "community";
  return { code, resource, operation, remediation, source, ...finding, evidence, overridable };
}

import { backupVaultRules } from "./backupVault/index.js";
import { isSame } from "./normalForm.js";
import type { Change, Finding, Rule } from "./rule.js";
import type { Transition, Verdict } from "./verdict.js";

export const rules: readonly Rule[] = backupVaultRules;

export const ruleCodes: readonly string[] = rules.map((rule) => rule.code);

/** All verdicts on a transition, in the order of the rules. Nothing is read, nothing is thrown. */
export function judge(transition: Transition): Verdict[] {
  const changes = changesOf(transition);
  const verdicts = rules.flatMap((rule) =>
    changes.flatMap((change) => rule.judge(change).map((finding) => verdict(rule, change, finding))),
  );
  const texts = verdicts.map((each) => JSON.stringify(each));
  return verdicts.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

function changesOf({ before, after, facts = {}, apiVersion, when, now }: Transition): Change[] {
  const given = { facts, apiVersion, when, now };
  if (before && after) {
    return isSame(before, after) ? [] : [{ ...given, operation: "change", before, after }];
  }
  if (before) return [{ ...given, operation: "delete", before }];
  return after ? [{ ...given, operation: "create", after }] : [];
}

function verdict(rule: Rule, { operation }: Change, finding: Finding): Verdict {
  return {
    code: rule.code,
    operation,
    instead: rule.instead,
    source: rule.source,
    evidence: rule.evidence,
    overridable: false,
    ...finding,
  };
}

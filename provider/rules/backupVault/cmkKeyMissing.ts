import { unknown } from "../../vaults/ruleVault.js";
import type { FactName } from "../facts.js";
import { factValue, undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { comesAtUp, openFacts, unreadableOf, unreadableText } from "../undecided.js";
import { appliedEnds, isApplied } from "./encryption.js";

const needs: FactName[] = ["key", "keyVault"];

export const cmkKeyMissing: Rule = {
  code: "cmk-key-missing",
  resource: "BackupVault",
  title: "The key exists",
  summary:
    "A vault cannot use a key that does not exist, or whose key vault does not. At preview it may still be made in the " +
    "same run, where the resource waits for others that are new. This rule also speaks for the other rules about the key and its key vault while those cannot be read.",
  remediation: "Create the key vault and the key before the vault uses them, or correct encryption.keyUri.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs,
  judge(change) {
    const { after, facts } = change;
    const isUsed = isApplied(change);
    if (isUsed === "no") return [];
    const fromTo = appliedEnds(change);
    if (after?.encryption?.keyUri === unknown) return [undecided(fromTo, comesAtUp)];
    const missing =
      (factValue(facts.keyVault) === "missing" && "key vault") || (factValue(facts.key) === "missing" && "key");
    if (missing && (change.when === "write" || change.isSettled)) {
      return when(isUsed, { decision: "refuse", ...fromTo, reason: `The ${missing} does not exist.` }, change);
    }
    const open = openFacts(facts, needs);
    if (open && needs.some((name) => facts[name] === undefined)) return [undecided(fromTo, open)];
    if (missing) {
      return [undecided(fromTo, { reason: `The ${missing} does not exist yet.`, remediation: this.remediation })];
    }
    if (!open) return [];
    const reason = `Whether Azure can use the key was not checked: it depends on ${unreadableText(facts, unreadableOf(facts, needs))}`;
    return [{ decision: "warn", ...fromTo, reason, remediation: "Azure checks it when the vault is written." }];
  },
};

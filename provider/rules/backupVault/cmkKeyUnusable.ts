import type { Key } from "../facts.js";
import { factValue, when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { appliedEnds, isApplied } from "./encryption.js";

export const cmkKeyUnusable: Rule = {
  code: "cmk-key-unusable",
  resource: "BackupVault",
  title: "The key is enabled and in date",
  summary:
    "A vault cannot use a key that is disabled or expired. Nor one that becomes valid later: Key Vault wraps nothing with it before.",
  remediation: "Enable the key, or create a new version of it that is valid now.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["key"],
  judge(change) {
    const key = factValue(change.facts.key);
    if (typeof key !== "object") return [];
    const fromTo = appliedEnds(change);
    const found = unusable(key, change.now);
    return found ? when(isApplied(change), { decision: "refuse", ...fromTo, ...found }, change) : [];
  },
};

function unusable({ enabled, expires, notBefore }: Key, now: number): Pick<Finding, "reason" | "source"> | undefined {
  const needed = (why: string) => `A vault needs a key that is enabled and not expired, and this one ${why}.`;
  if (!enabled) return { reason: needed("is disabled") };
  if (expires !== undefined && expires <= now) return { reason: needed(`expired on ${dateOf(expires)}`) };
  if (notBefore === undefined || notBefore <= now) return undefined;
  const reason = `The key is valid only from ${dateOf(notBefore)} on, and Key Vault wraps nothing with it before.`;
  return { reason, source: sources.keyDates };
}

/** Total: what no date can hold is shown as it is. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 10);
}

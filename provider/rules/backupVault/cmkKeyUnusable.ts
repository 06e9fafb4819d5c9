import type { Key } from "../facts.js";
import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { appliedEnds, isApplied } from "./encryption.js";

export const cmkKeyUnusable: Rule = {
  code: "cmk-key-unusable",
  resource: "BackupVault",
  title: "The key is enabled and not expired",
  summary:
    "A vault cannot use a key that is disabled or expired. A key that becomes valid later is a warning: Microsoft does not speak of it.",
  instead: "Enable the key, or create a new version of it that has not expired.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["key"],
  judge(change) {
    const key = factValue(change.facts.key);
    if (typeof key !== "object") return [];
    const ends = appliedEnds(change);
    const reason = unusable(key, change.now);
    if (reason) {
      const because = `A vault needs a key that is enabled and not expired, and this one ${reason}.`;
      return when(isApplied(change), { decision: "refuse", ...ends, because }, change);
    }
    if (key.notBefore === undefined || key.notBefore <= change.now) return [];
    const because = `The key is valid only from ${dateOf(key.notBefore)} on.`;
    const warning = { decision: "warn", ...ends, because, instead: "Use a key that is valid already." } as const;
    return when(isApplied(change), { ...warning, evidence: "peers" }, change);
  },
};

function unusable({ enabled, expires }: Key, now: number): string | undefined {
  if (!enabled) return "is disabled";
  return expires !== undefined && expires <= now ? `expired on ${dateOf(expires)}` : undefined;
}

/** Total: what no date can hold is shown as it is. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 10);
}

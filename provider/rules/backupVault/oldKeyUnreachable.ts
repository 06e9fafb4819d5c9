import { unknown } from "../../vaults/ruleVault.js";
import { undecided, when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isKeyChanged, keyEnds } from "./encryption.js";
import { oldKeyFacts, oldKeyOf } from "./oldKey.js";

export const oldKeyUnreachable: Rule = {
  code: "old-key-unreachable",
  resource: "BackupVault",
  title: "A key is changed while the old one still works",
  summary:
    "To take another key, Azure unwraps with the old one. The update fails if the old key is disabled or gone, or if " +
    "the vault's identity may no longer read it and unwrap with it.",
  remediation: "Give the identity Get and Unwrap Key on the old key again and enable that key, then change the key.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: oldKeyFacts,
  judge(change) {
    const isChanged = isKeyChanged(change);
    const oldKeyUri = change.before?.encryption?.keyUri ?? undefined;
    // A new key that is absent is cmk-removed.
    if (isChanged === "no" || oldKeyUri === undefined || !change.after?.encryption?.keyUri) return [];
    const where = keyEnds(change);
    const finding = (decision: "refuse" | "warn", why: string): Finding => ({
      decision,
      ...where,
      reason: `Azure needs the old key to take another one, and ${why}.`,
    });
    const key = oldKeyOf(change.facts);
    if (key.is === "lost" || key.is === "disabled") return when(isChanged, finding("refuse", key.why), change);
    // Which key to ask about is not known.
    if (oldKeyUri === unknown) return when(isChanged, finding("refuse", ""), change);
    if (key.is === "open") return [undecided(where, key.open)];
    return key.is === "unsure" ? [finding("warn", key.why)] : [];
  },
};

import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { appliedEnds, isApplied } from "./encryption.js";

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11) */
const types = ["RSA", "RSA-HSM"];
const sizes = [2048, 3072, 4096];

export const cmkKeyType: Rule = {
  code: "cmk-key-type",
  resource: "BackupVault",
  title: "Keys that a vault can use",
  summary: "A vault's key is of type RSA or RSA-HSM with 2048, 3072 or 4096 bits.",
  remediation: "Create such a key and use its URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["key"],
  judge(change) {
    const key = factValue(change.facts.key);
    // cmk-key-missing says so while the key is not read, cannot be read or does not exist.
    if (typeof key !== "object") return [];
    const isType = types.includes(key.type.toUpperCase());
    if (isType && key.size === undefined) {
      const reason = `The key is of type ${key.type}, but its size could not be read; Azure takes 2048, 3072 and 4096 bits.`;
      return when(isApplied(change), { decision: "warn", ...appliedEnds(change), reason }, change);
    }
    if (isType && key.size !== undefined && sizes.includes(key.size)) return [];
    const reason = `Azure takes keys of type RSA or RSA-HSM with 2048, 3072 or 4096 bits, and this one is ${key.type}${key.size === undefined ? "" : ` with ${key.size}`}.`;
    return when(isApplied(change), { decision: "refuse", ...appliedEnds(change), reason }, change);
  },
};

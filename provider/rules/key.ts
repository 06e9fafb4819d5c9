import { unknown } from "../vaults/ruleVault.js";
import { appliedFromTo, isApplied } from "./encryption.js";
import type { Key } from "./facts.js";
import { factValue, openValue, undecided, when } from "./findings.js";
import { type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { openFacts, unreadableOf, unreadableText } from "./undecided.js";

const keyFacts = ["key", "keyVault"] as const;

const missing = ofBothKinds({
  code: "cmk-key-missing",
  topic: "key",
  title: "The key exists",
  summary:
    "A vault cannot use a key that does not exist, or whose key vault does not exist. At preview the key may still be " +
    "created in the same run, where the resource waits for others that are new. While the key or its key vault cannot be " +
    "read, this rule says so for the other rules about them.",
  remediation: "Create the key vault and the key before the vault uses them, or correct `encryption.keyUri`.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: keyFacts,
  judge: (change) => {
    const { after, facts } = change;
    const isUsed = isApplied(change);
    if (isUsed === "no") return [];
    const where = appliedFromTo(change);
    if (after?.encryption?.keyUri === unknown)
      return [undecided(where, openValue("unknownDesired", where.property, change))];
    const missing =
      (factValue(facts.keyVault) === "missing" && "key vault") || (factValue(facts.key) === "missing" && "key");
    if (missing && (change.when === "write" || change.isSettled)) {
      return when(isUsed, { decision: "refuse", ...where, reason: `The ${missing} does not exist.` }, change);
    }
    const open = openFacts(facts, keyFacts);
    if (open && keyFacts.some((name) => facts[name] === undefined)) return [undecided(where, open)];
    if (missing) return [undecided(where, { reason: `The ${missing} does not exist yet.` })];
    if (!open) return [];
    const reason = `Whether Azure can use the key was not checked, because ${unreadableText(facts, unreadableOf(facts, keyFacts))}`;
    return [{ decision: "warn", ...where, reason, remediation: "Azure checks it when the vault is written." }];
  },
});

// The rules below say nothing while the key is not read, cannot be read or does not exist: cmk-key-missing does.

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11) */
const types = ["RSA", "RSA-HSM"];
const sizes = [2048, 3072, 4096];

const typeOfBackupVault: Rule<"BackupVault"> = {
  code: "cmk-key-type",
  topic: "key",
  resource: "BackupVault",
  title: "Keys that a vault can use",
  summary: "A vault's key must be of type RSA or RSA-HSM, with 2048, 3072 or 4096 bits.",
  remediation: "Create such a key, and set `encryption.keyUri` to its URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: ["key"],
  judge: (change) => {
    const key = factValue(change.facts.key);
    if (typeof key !== "object") return [];
    const isType = types.includes(key.type.toUpperCase());
    if (isType && key.size === undefined) {
      const reason = `The key is of type ${key.type}, but its size could not be read; Azure accepts 2048, 3072 and 4096 bits.`;
      return when(isApplied(change), { decision: "warn", ...appliedFromTo(change), reason }, change);
    }
    if (isType && key.size !== undefined && sizes.includes(key.size)) return [];
    const size = key.size === undefined ? "" : ` with ${key.size} bits`;
    const reason = `Azure accepts keys of type RSA or RSA-HSM with 2048, 3072 or 4096 bits; this key is ${key.type}${size}.`;
    return when(isApplied(change), { decision: "refuse", ...appliedFromTo(change), reason }, change);
  },
};

const typeOfRecoveryServicesVault: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-key-type",
  topic: "key",
  resource: "RecoveryServicesVault",
  title: "Keys that a vault can use",
  summary:
    "A vault's key must be an RSA key. Microsoft's page mentions RSA keys in general, and 2048 bits in one place, so " +
    "another size is a warning.",
  remediation: "Create an RSA key of 2048 bits, and set `encryption.keyUri` to its URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: ["key"],
  judge: (change) => {
    const key = factValue(change.facts.key);
    if (typeof key !== "object") return [];
    const finding = (decision: "refuse" | "warn", reason: string) =>
      when(isApplied(change), { decision, ...appliedFromTo(change), reason }, change);
    if (!types.includes(key.type.toUpperCase())) {
      return finding("refuse", `Azure encrypts a vault only with an RSA key; this key is ${key.type}.`);
    }
    if (key.size === 2048) return [];
    const size = key.size === undefined ? "a size that could not be read" : `${key.size} bits`;
    return finding("warn", `Microsoft's page mentions RSA keys of 2048 bits in one place; this key has ${size}.`);
  },
};

const unusable = ofBothKinds({
  code: "cmk-key-unusable",
  topic: "key",
  title: "The key is enabled and valid",
  summary: "A vault cannot use a key that is disabled or expired, or whose activation date is in the future.",
  remediation: "Enable the key, or create a new version of it that is valid now.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["key"],
  judge: (change) => {
    const key = factValue(change.facts.key);
    if (typeof key !== "object") return [];
    const found = whyUnusable(key, change.now);
    return found ? when(isApplied(change), { decision: "refuse", ...appliedFromTo(change), ...found }, change) : [];
  },
});

function whyUnusable(
  { enabled, expires, notBefore }: Key,
  now: number,
): Pick<Finding, "reason" | "source"> | undefined {
  const needed = (why: string) => `A vault needs a key that is enabled and not expired; this key ${why}.`;
  if (!enabled) return { reason: needed("is disabled") };
  if (expires !== undefined && expires <= now) return { reason: needed(`expired on ${dateOf(expires)}`) };
  if (notBefore === undefined || notBefore <= now) return undefined;
  const reason = `A key whose activation date is in the future cannot be used; this key is valid from ${dateOf(notBefore)}.`;
  return { reason, source: sources.keyDates };
}

/** Total: what no date can hold is shown as it is. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 10);
}

export const keyRules: RulesByKind = {
  BackupVault: [missing.BackupVault, typeOfBackupVault, unusable.BackupVault],
  RecoveryServicesVault: [missing.RecoveryServicesVault, typeOfRecoveryServicesVault, unusable.RecoveryServicesVault],
};

import { appliedEnds, isApplied } from "../backupVault/encryption.js";
import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkKeyType: Rule = {
  code: "rsv-cmk-key-type",
  resource: "RecoveryServicesVault",
  title: "Keys that a vault can use",
  summary:
    "A vault's key is an RSA key. Microsoft's page speaks of RSA in general and of 2048 bits in one place, so another " +
    "size is a warning.",
  remediation: "Create an RSA key of 2048 bits and use its URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: ["key"],
  judge(change) {
    const key = factValue(change.facts.key);
    // rsv-cmk-key-missing says so while the key is not read, cannot be read or does not exist.
    if (typeof key !== "object") return [];
    const finding = (decision: "refuse" | "warn", reason: string) =>
      when(isApplied(change), { decision, ...appliedEnds(change), reason }, change);
    if (!["RSA", "RSA-HSM"].includes(key.type.toUpperCase())) {
      return finding("refuse", `Azure encrypts a vault only with an RSA key, and this one is ${key.type}.`);
    }
    if (key.size === 2048) return [];
    const size = key.size === undefined ? "a size that could not be read" : `${key.size} bits`;
    return finding("warn", `Microsoft's page speaks of RSA keys of 2048 bits in one place, and this one has ${size}.`);
  },
};

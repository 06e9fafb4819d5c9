import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { appliedEnds, isApplied } from "./encryption.js";

const reason = "Azure encrypts a vault only with a key whose key vault or managed HSM has purge protection enabled.";

export const keyVaultPurgeProtectionOff: Rule = {
  code: "key-vault-purge-protection-off",
  resource: "BackupVault",
  title: "The key vault has purge protection",
  summary: reason,
  remediation: "Enable purge protection where the key lies; it cannot be turned off again there.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["keyVault"],
  judge(change) {
    const keyVault = factValue(change.facts.keyVault);
    // cmk-key-missing says so while the key vault is not read, cannot be read or does not exist.
    if (typeof keyVault !== "object" || keyVault.purgeProtection) return [];
    return when(isApplied(change), { decision: "refuse", ...appliedEnds(change), reason }, change);
  },
};

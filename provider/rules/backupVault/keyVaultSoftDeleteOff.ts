import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { appliedEnds, isApplied } from "./encryption.js";

const reason = "Azure encrypts a vault only with a key whose key vault has soft delete enabled.";

export const keyVaultSoftDeleteOff: Rule = {
  code: "key-vault-soft-delete-off",
  resource: "BackupVault",
  title: "The key vault has soft delete",
  summary: reason,
  remediation: "Enable soft delete on the key vault; it cannot be turned off again there.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["keyVault"],
  judge(change) {
    const keyVault = factValue(change.facts.keyVault);
    // cmk-key-missing says so while the key vault is not read, cannot be read or does not exist.
    if (typeof keyVault !== "object" || keyVault.softDelete) return [];
    return when(isApplied(change), { decision: "refuse", ...appliedEnds(change), reason }, change);
  },
};

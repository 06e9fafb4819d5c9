import { unknown } from "../../vaults/ruleVault.js";
import { appliedEnds, isApplied } from "../backupVault/encryption.js";
import { regionOf } from "../backupVault/region.js";
import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, differs } from "../truth.js";
import { shown } from "../wording.js";

export const rsvCmkKeyVaultRegion: Rule = {
  code: "rsv-cmk-key-vault-region",
  resource: "RecoveryServicesVault",
  title: "The key vault is in the vault's region",
  summary: "Azure encrypts a vault only with a key whose key vault is in the same region.",
  remediation: "Create a key vault and a key in the vault's region, and use that key's URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: ["keyVault"],
  judge(change) {
    const keyVault = factValue(change.facts.keyVault);
    const location = change.after?.location ?? undefined;
    // rsv-cmk-key-missing says so while the key vault is not read, cannot be read or does not exist.
    if (typeof keyVault !== "object" || location === undefined) return [];
    const where = appliedEnds(change);
    if (keyVault.location === undefined) {
      const reason = "A vault's key vault must be in its region, and where this one is could not be read.";
      return when(isApplied(change), { decision: "warn", ...where, reason }, change);
    }
    const isElsewhere = location === unknown ? "after" : differs(regionOf(location), regionOf(keyVault.location));
    const reason = `The key vault is in ${keyVault.location} and the vault in ${shown(location)}: Azure wants one region.`;
    return when(all(isElsewhere, isApplied(change)), { decision: "refuse", ...where, reason }, change);
  },
};

import { factValue, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all } from "../truth.js";
import { appliedEnds, isApplied, isUserAssignedKeyIdentity } from "./encryption.js";

const reason = "With a user-assigned identity, Azure cannot use a key whose key vault admits only certain networks.";

export const cmkUserIdentityRestrictedKeyVault: Rule = {
  code: "cmk-user-identity-restricted-key-vault",
  resource: "BackupVault",
  title: "A user-assigned identity and a closed key vault",
  summary: reason,
  remediation:
    "Open the key vault to all networks, or let the vault's system-assigned identity reach the key, after the vault is created.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["keyVault"],
  judge(change) {
    const keyVault = factValue(change.facts.keyVault);
    if (!change.after || typeof keyVault !== "object" || !keyVault.networkRestricted) return [];
    const truth = all(isApplied(change), isUserAssignedKeyIdentity(change.after));
    return when(truth, { decision: "refuse", ...appliedEnds(change), reason }, change);
  },
};

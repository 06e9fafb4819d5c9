import { csrPermanentlyDisabled } from "../backupVault/csrPermanentlyDisabled.js";
import type { Rule } from "../rule.js";

/** Microsoft's word is about Backup vaults; the value is the same one here. */
export const rsvCsrPermanentlyDisabled: Rule = {
  ...csrPermanentlyDisabled,
  code: "rsv-csr-permanently-disabled",
  resource: "RecoveryServicesVault",
  summary: `${csrPermanentlyDisabled.summary} Microsoft says so of Backup vaults; that it holds here too is inferred.`,
  evidence: "community",
  overridable: true,
};

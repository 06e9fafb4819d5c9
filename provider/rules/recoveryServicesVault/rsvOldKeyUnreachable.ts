import { oldKeyUnreachable } from "../backupVault/oldKeyUnreachable.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

/** Microsoft says it of Backup vaults only. What is encrypted by a key is read with it, whichever vault holds it. */
export const rsvOldKeyUnreachable: Rule = {
  ...oldKeyUnreachable,
  code: "rsv-old-key-unreachable",
  resource: "RecoveryServicesVault",
  evidence: "peers",
  overridable: true,
  source: sources.recoveryServicesCmk,
};

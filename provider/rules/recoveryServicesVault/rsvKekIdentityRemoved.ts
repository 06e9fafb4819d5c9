import { kekIdentityRemoved } from "../backupVault/kekIdentityRemoved.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvKekIdentityRemoved: Rule = {
  ...kekIdentityRemoved,
  code: "rsv-kek-identity-removed",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

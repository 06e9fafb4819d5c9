import { cmkUserIdentityRestrictedKeyVault } from "../backupVault/cmkUserIdentityRestrictedKeyVault.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkUserIdentityRestrictedKeyVault: Rule = {
  ...cmkUserIdentityRestrictedKeyVault,
  code: "rsv-cmk-user-identity-restricted-key-vault",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

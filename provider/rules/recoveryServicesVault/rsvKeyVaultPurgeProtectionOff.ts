import { keyVaultPurgeProtectionOff } from "../backupVault/keyVaultPurgeProtectionOff.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvKeyVaultPurgeProtectionOff: Rule = {
  ...keyVaultPurgeProtectionOff,
  code: "rsv-key-vault-purge-protection-off",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

import { keyVaultSoftDeleteOff } from "../backupVault/keyVaultSoftDeleteOff.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvKeyVaultSoftDeleteOff: Rule = {
  ...keyVaultSoftDeleteOff,
  code: "rsv-key-vault-soft-delete-off",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

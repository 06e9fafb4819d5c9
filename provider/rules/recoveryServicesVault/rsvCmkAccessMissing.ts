import { cmkAccessMissing } from "../backupVault/cmkAccessMissing.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkAccessMissing: Rule = {
  ...cmkAccessMissing,
  code: "rsv-cmk-access-missing",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

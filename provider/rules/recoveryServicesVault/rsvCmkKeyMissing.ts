import { cmkKeyMissing } from "../backupVault/cmkKeyMissing.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkKeyMissing: Rule = {
  ...cmkKeyMissing,
  code: "rsv-cmk-key-missing",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

import { cmkKeyUnusable } from "../backupVault/cmkKeyUnusable.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkKeyUnusable: Rule = {
  ...cmkKeyUnusable,
  code: "rsv-cmk-key-unusable",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
};

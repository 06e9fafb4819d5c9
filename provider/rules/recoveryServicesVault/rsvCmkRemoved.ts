import { cmkRemoved } from "../backupVault/cmkRemoved.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCmkRemoved: Rule = {
  ...cmkRemoved,
  code: "rsv-cmk-removed",
  resource: "RecoveryServicesVault",
  summary:
    "A vault that a customer-managed key encrypts never returns to the platform's keys. Azure was seen to refuse a PUT " +
    "that leaves the encryption out.",
  source: sources.recoveryServicesCmk,
};

import { retentionOutOfRange } from "../backupVault/retentionOutOfRange.js";
import type { Rule } from "../rule.js";

export const rsvRetentionOutOfRange: Rule = {
  ...retentionOutOfRange,
  code: "rsv-retention-out-of-range",
  resource: "RecoveryServicesVault",
};

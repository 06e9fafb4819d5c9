import { unknown } from "../../vaults/ruleVault.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, truthOf } from "../truth.js";
import { isRetentionTouched, retentionDays, retentionEnds, retentionOf } from "./retention.js";

const { least, most } = retentionDays;
const reason = `Azure keeps deleted backups for ${least} to ${most} days.`;

export const retentionOutOfRange: Rule = {
  code: "retention-out-of-range",
  resource: "BackupVault",
  title: `Soft delete retention is ${least} to ${most} days`,
  summary: reason,
  remediation: `Set softDelete.retentionDurationInDays to a number from ${least} to ${most}.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: [],
  judge(change) {
    if (!change.after) return [];
    const days = retentionOf(change.after);
    const isOutside = days === unknown ? "after" : truthOf(!(days >= least && days <= most));
    const finding = { decision: "refuse", ...retentionEnds(change), reason } as const;
    return when(all(isOutside, isRetentionTouched(change)), finding, change);
  },
};

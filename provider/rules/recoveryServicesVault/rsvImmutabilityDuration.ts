import { unknown } from "../../vaults/ruleVault.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { shown } from "../wording.js";

const least = 30;
const most = 36_135;
const reason = `Others report that Azure takes ${least} to ${most} days of TimeBased immutability.`;

export const rsvImmutabilityDuration: Rule = {
  code: "rsv-immutability-duration",
  resource: "RecoveryServicesVault",
  title: `TimeBased immutability lasts ${least} to ${most} days`,
  summary: reason,
  remediation: `Set immutabilityConfiguration.durationInDays to a number from ${least} to ${most}.`,
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.immutabilityDuration,
  needs: [],
  judge({ operation, before, after }) {
    const days = after?.immutabilityConfiguration?.durationInDays ?? undefined;
    const daysBefore = before?.immutabilityConfiguration?.durationInDays ?? undefined;
    if (operation === "replace" || days === undefined || days === unknown || days === daysBefore) return [];
    if (days >= least && days <= most) return [];
    const from = before ? shown(daysBefore) : "";
    return [{ decision: "warn", property: "immutabilityConfiguration.durationInDays", from, to: shown(days), reason }];
  },
};

import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { Rule } from "./rule.js";
import { reports } from "./sources.js";
import { shown } from "./wording.js";

const reason = "Azure has been observed to reject a vault's monitoring settings because of its classic alerts.";

const classicAlerts: Rule<"RecoveryServicesVault"> = {
  code: "rsv-classic-alerts",
  topic: "alerts",
  resource: "RecoveryServicesVault",
  title: "Classic alerts may be rejected",
  summary: reason,
  remediation: "If Azure refuses it, remove `classicAlerts` and use Azure Monitor alerts.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.classicAlerts,
  needs: [],
  judge: ({ operation, before, after }) => {
    if (operation === "replace") return [];
    return (["alertsForCriticalOperations", "emailNotificationsForSiteRecovery"] as const).flatMap((name) => {
      const from = before?.classicAlerts?.[name];
      const to = after?.classicAlerts?.[name];
      if ((to ?? undefined) === undefined || plain(from) === plain(to)) return [];
      const where = { property: `classicAlerts.${name}`, from: before ? shown(from) : "", to: shown(to) };
      return [{ decision: "warn", ...where, reason }];
    });
  },
};

const plain = (value: Maybe<string> | undefined) => (value === unknown ? value : value?.toLowerCase());

export const alertRules: readonly Rule<"RecoveryServicesVault">[] = [classicAlerts];

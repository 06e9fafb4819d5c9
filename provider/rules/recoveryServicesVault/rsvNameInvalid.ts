import { unknown } from "../../vaults/ruleVault.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { truthOf } from "../truth.js";
import { shown } from "../wording.js";

const reason = "A vault's name starts with a letter and has 2 to 50 letters, digits and hyphens.";

export const rsvNameInvalid: Rule = {
  code: "rsv-name-invalid",
  resource: "RecoveryServicesVault",
  title: "A vault's name",
  summary: reason,
  remediation: "Choose a name such as payroll-backups.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.azurermRecoveryServicesVault,
  needs: [],
  judge(change) {
    const name = change.after?.vaultName ?? undefined;
    if (change.operation !== "create" || name === undefined) return [];
    const truth = name === unknown ? "after" : truthOf(!/^[A-Za-z][A-Za-z0-9-]{1,49}$/.test(name));
    const finding = { decision: "refuse", property: "vaultName", from: "", to: shown(name), reason } as const;
    return when(truth, finding, change);
  },
};

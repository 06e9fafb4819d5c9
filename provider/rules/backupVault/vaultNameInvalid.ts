import { unknown } from "../../vaults/ruleVault.js";
import { when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { shown } from "../wording.js";

export const vaultNameInvalid: Rule = {
  code: "vault-name-invalid",
  resource: "BackupVault",
  title: "A vault's name",
  summary:
    "A vault's name has 2 to 50 letters, digits and hyphens. Where Azure's specification states a pattern, for what " +
    "lies in a vault, the name also starts with a letter and ends with a letter or digit: another one is a warning.",
  remediation: "Choose a name such as payroll-backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.specification,
  needs: [],
  judge(change) {
    const name = change.after?.vaultName ?? undefined;
    if (change.operation !== "create" || name === undefined) return [];
    const where = { property: "vaultName", from: "", to: shown(name) };
    const refusal: Finding = {
      decision: "refuse",
      ...where,
      reason: "A vault's name has 2 to 50 characters, which are letters, digits and hyphens.",
    };
    if (name === unknown) return when("after", refusal, change);
    if (!/^[A-Za-z0-9-]{2,50}$/.test(name)) return [refusal];
    if (/^[A-Za-z].*[A-Za-z0-9]$/.test(name)) return [];
    const reason =
      "Azure's specification has the name start with a letter and end with a letter or digit wherever it names what lies in the vault.";
    return [{ decision: "warn", ...where, reason }];
  },
};

import { unknown } from "../vaults/ruleVault.js";
import { when } from "./findings.js";
import type { Finding, Rule, RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import { truthOf } from "./truth.js";
import { shown } from "./wording.js";

const remediation = "Choose a name such as `payroll-backups`.";

const backupVaultName: Rule<"BackupVault"> = {
  code: "vault-name-invalid",
  topic: "name",
  resource: "BackupVault",
  title: "The vault name is valid",
  summary:
    "A vault name consists of 2 to 50 letters, digits and hyphens. In the paths of the resources inside a vault, Azure's " +
    "specification also requires the name to start with a letter and end with a letter or digit, so the resources of this package refuse any " +
    "other name, and it is a warning where another provider creates the vault.",
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.specification,
  needs: [],
  judge: (change) => {
    const name = change.after?.vaultName ?? undefined;
    if (change.operation !== "create" || name === undefined) return [];
    const where = { property: "vaultName", from: "", to: shown(name) };
    const refusal: Finding = {
      decision: "refuse",
      ...where,
      reason: "A vault name must consist of 2 to 50 letters, digits and hyphens.",
    };
    if (name === unknown) return when("unknownDesired", refusal, change);
    if (!/^[A-Za-z0-9-]{2,50}$/.test(name)) return [refusal];
    if (/^[A-Za-z].*[A-Za-z0-9]$/.test(name)) return [];
    const reason =
      "In the paths of the resources inside a vault, Azure's specification requires the vault name to start with a letter and end with a letter or digit.";
    return [{ decision: "warn", ...where, reason }];
  },
};

const reason = "A vault name must start with a letter and have 2 to 50 letters, digits and hyphens.";

const recoveryServicesVaultName: Rule<"RecoveryServicesVault"> = {
  code: "rsv-name-invalid",
  topic: "name",
  resource: "RecoveryServicesVault",
  title: "The vault name is valid",
  summary: reason,
  remediation,
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.azurermRecoveryServicesVault,
  needs: [],
  judge: (change) => {
    const name = change.after?.vaultName ?? undefined;
    if (change.operation !== "create" || name === undefined) return [];
    const truth = name === unknown ? "unknownDesired" : truthOf(!/^[A-Za-z][A-Za-z0-9-]{1,49}$/.test(name));
    return when(truth, { decision: "refuse", property: "vaultName", from: "", to: shown(name), reason }, change);
  },
};

export const nameRules: RulesByKind = {
  BackupVault: [backupVaultName],
  RecoveryServicesVault: [recoveryServicesVaultName],
};

import { redundancyFreeWhile } from "../redundancy.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { judgeWhileEmpty } from "./judgeWhileEmpty.js";

// "Storage redundancy cannot be changed after protecting items to the vault":
// https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
export const redundancy = redundancyFreeWhile("the vault holds no backup instance", "unset");

const reason = "Storage redundancy cannot be changed once a vault has protected anything.";

export const redundancyAfterProtection: Rule = {
  code: "redundancy-after-protection",
  resource: "BackupVault",
  title: "Redundancy is fixed once anything is protected",
  summary: `${reason} An empty vault's can be changed. Soft-deleted backup instances count, which is inferred: they still hold data.`,
  remediation: "Keep the redundancy, and create another vault with the wanted one for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.manage,
  needs: ["protection", "deleted", "vault"],
  states: redundancy,
  judge: (change) => judgeWhileEmpty(redundancy, change, reason),
};

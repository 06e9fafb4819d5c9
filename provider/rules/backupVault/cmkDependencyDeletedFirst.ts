import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isEncrypted } from "./encryption.js";
import { wholeVault } from "./wholeVault.js";

export const cmkDependencyDeletedFirst: Rule = {
  code: "cmk-dependency-deleted-first",
  resource: "BackupVault",
  title: "The vault goes before its key",
  summary:
    "A vault with a customer-managed key can be deleted only while its key, its identity and that identity's role " +
    "assignment exist. A plan that deletes the vault says so.",
  remediation:
    "Let the vault depend on them in the program, so that it is deleted first, and keep them until it is gone.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge({ operation, before, when }) {
    // When the vault is being deleted it is too late to say so.
    if (operation !== "delete" || !before || when !== "plan" || isEncrypted(before, "before") !== "yes") return [];
    const reason = "Azure needs its key, its identity and that identity's rights until the vault is gone.";
    return [{ decision: "warn", ...wholeVault, reason }];
  },
};

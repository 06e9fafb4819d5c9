import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { shown } from "../wording.js";
import { isEncrypted } from "./encryption.js";
import { held } from "./held.js";
import { isOther } from "./replacement.js";

const reason = "Azure does not move a vault with a customer-managed key to another resource group or subscription.";

export const moveWhileCmk: Rule = {
  code: "move-while-cmk",
  resource: "BackupVault",
  title: "A vault with a customer-managed key does not move",
  summary: `${reason} So a vault that holds data stays where it is; an empty one can be replaced.`,
  remediation: "Leave the vault where it is, and create another one there for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault", "protection", "deleted"],
  judge(change) {
    const { operation, before, after, facts } = change;
    // While it is open what the vault holds, vault-replaced says so.
    if (operation !== "replace" || !before || !after || held(facts).is !== "full") return [];
    return (["resourceGroupName", "subscriptionId"] as const)
      .filter((property) => isOther(property, before, after) === "yes")
      .flatMap((property) => {
        const where = { property, from: shown(before[property]), to: shown(after[property]) };
        return when(isEncrypted(before, "before"), { decision: "refuse", ...where, reason }, change);
      });
  },
};

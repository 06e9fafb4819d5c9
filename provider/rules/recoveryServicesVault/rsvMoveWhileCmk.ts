import { isEncrypted } from "../backupVault/encryption.js";
import { moveWhileCmk } from "../backupVault/moveWhileCmk.js";
import { isOther } from "../backupVault/replacement.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { shown } from "../wording.js";
import { items } from "./registered.js";

const reason = "Azure does not move a vault with a customer-managed key to another resource group or subscription.";

export const rsvMoveWhileCmk: Rule = {
  ...moveWhileCmk,
  code: "rsv-move-while-cmk",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCmk,
  needs: ["vault", "protectedItems"],
  judge(change) {
    const { operation, before, after, facts } = change;
    // While it is open what the vault holds, rsv-vault-replaced says so.
    if (operation !== "replace" || !before || !after) return [];
    if (items(facts, { withSoftDeleted: true }).is !== "full") return [];
    return (["resourceGroupName", "subscriptionId"] as const)
      .filter((property) => isOther(property, before, after) === "yes")
      .flatMap((property) => {
        const where = { property, from: shown(before[property]), to: shown(after[property]) };
        return when(isEncrypted(before, "before"), { decision: "refuse", ...where, reason }, change);
      });
  },
};

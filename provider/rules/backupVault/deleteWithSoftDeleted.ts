import { factValue, undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { not } from "../truth.js";
import { openFacts } from "../undecided.js";
import { counted } from "../wording.js";
import { named } from "./held.js";
import { isSecuredByDefault } from "./region.js";
import { wholeVault } from "./wholeVault.js";

export const deleteWithSoftDeleted: Rule = {
  code: "delete-with-soft-deleted",
  resource: "BackupVault",
  title: "Soft-deleted backup instances keep an older vault",
  summary:
    "With api-versions before 2025-09-01, and outside the generally available regions, Azure deletes a vault only when " +
    "it is completely empty. Otherwise soft-deleted backup instances go with the vault, which becomes soft-deleted itself.",
  remediation:
    "Wait until their retention is over and Azure has purged them, then delete the backup policies and the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["deleted", "vault"],
  judge(change) {
    const { operation, before, apiVersion, facts } = change;
    if (operation !== "delete" || !before) return [];
    const isBlocking = not(isSecuredByDefault(apiVersion, before, "before"));
    if (isBlocking === "no") return [];
    const open = openFacts(facts, ["deleted"]);
    if (open) return [undecided(wholeVault, open)];
    const instances = factValue(facts.deleted) ?? [];
    if (instances.length === 0) return [];
    const reason = `It holds ${counted(instances.length, "soft-deleted backup instance")}: ${named(instances)}.`;
    return when(isBlocking, { decision: "refuse", ...wholeVault, reason }, change);
  },
};

import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableText } from "../undecided.js";
import { counted, firstFew } from "../wording.js";
import { isNewer } from "./region.js";
import { wholeVault } from "./wholeVault.js";

export const deleteWithPolicies: Rule = {
  code: "delete-with-policies",
  resource: "BackupVault",
  title: "Backup policies may keep a vault",
  summary:
    "With api-versions before 2025-09-01 Azure does not delete a vault that has backup policies. For later ones " +
    "Microsoft's pages disagree, so it is a warning.",
  instead: "Delete the backup policies before the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["policies"],
  judge({ operation, apiVersion, facts }) {
    if (operation !== "delete") return [];
    const decision = isNewer(apiVersion) ? "warn" : "refuse";
    const open = openFacts(facts, ["policies"]);
    if (open && (decision === "refuse" || facts.policies === undefined)) return [undecided(wholeVault, open)];
    if (open) {
      const because = `Backup policies may keep it, which was not checked: it depends on ${unreadableText(facts, ["policies"])}`;
      return [{ decision, ...wholeVault, because }];
    }
    const policies = factValue(facts.policies) ?? [];
    if (policies.length === 0) return [];
    const names = firstFew([...policies].sort());
    const holds = `It has ${counted(policies.length, "backup policy", "backup policies")}: ${names}`;
    const because =
      decision === "warn" ? `${holds}, and Microsoft's pages disagree whether that keeps it.` : `${holds}.`;
    return [{ decision, ...wholeVault, because }];
  },
};

import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableText } from "../undecided.js";
import { counted, firstFew } from "../wording.js";
import { wholeVault } from "./wholeVault.js";

export const deleteWithPolicies: Rule = {
  code: "delete-with-policies",
  resource: "BackupVault",
  title: "Backup policies go with the vault",
  summary:
    "Microsoft's page asks for a vault's backup policies to be deleted before the vault. In Microsoft's own recordings " +
    "Azure deletes a vault that has policies and nothing else, so it is a warning.",
  remediation: "If Azure refuses it, delete the backup policies before the vault.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["policies"],
  judge({ operation, facts }) {
    if (operation !== "delete") return [];
    const open = openFacts(facts, ["policies"]);
    if (open && facts.policies === undefined) return [undecided(wholeVault, open)];
    if (open) {
      const reason = `Backup policies may keep it, which was not checked: it depends on ${unreadableText(facts, ["policies"])}`;
      return [{ decision: "warn", ...wholeVault, reason }];
    }
    const policies = factValue(facts.policies) ?? [];
    if (policies.length === 0) return [];
    const names = firstFew([...policies].sort());
    const reason = `It has ${counted(policies.length, "backup policy", "backup policies")}, which go with it: ${names}.`;
    return [{ decision: "warn", ...wholeVault, reason }];
  },
};

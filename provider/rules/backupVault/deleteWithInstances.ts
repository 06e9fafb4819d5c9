import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts } from "../undecided.js";
import { counted } from "../wording.js";
import { named } from "./held.js";
import { wholeVault } from "./wholeVault.js";

export const deleteWithInstances: Rule = {
  code: "delete-with-instances",
  resource: "BackupVault",
  title: "A vault with backup instances is not deleted",
  summary: "Azure does not delete a vault that holds backup instances.",
  remediation:
    "Stop protection and delete the backup data of each instance, then delete the backup policies, then the vault; or keep the vault at Azure: set retainOnDelete: true on the resource, run pulumi up, and only then take it out of the program.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["protection"],
  judge({ operation, facts }) {
    if (operation !== "delete") return [];
    const open = openFacts(facts, ["protection"]);
    if (open) return [undecided(wholeVault, open)];
    const instances = factValue(facts.protection) ?? [];
    if (instances.length === 0) return [];
    const reason = `It holds ${counted(instances.length, "backup instance")}: ${named(instances)}.`;
    return [{ decision: "refuse", ...wholeVault, reason }];
  },
};

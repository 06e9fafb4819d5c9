import { fromTo } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { datastoreType } from "./datastoreSnapshotStore.js";
import { isOther } from "./replacement.js";

export const datastoreTypeChanged: Rule = {
  code: "datastore-type-changed",
  resource: "BackupVault",
  title: "Another datastore type means another vault",
  summary: "A change of the datastore type replaces the vault. vault-replaced decides whether that is refused.",
  remediation: "Keep the datastore type, or add another vault to the program.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermVault,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (operation !== "replace" || !before || !after || isOther("datastoreType", before, after) !== "yes") return [];
    const reason = "An existing vault's datastore type is not known to be changeable.";
    return [{ decision: "warn", ...fromTo(datastoreType, change), reason }];
  },
};

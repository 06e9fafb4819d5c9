import { unknown, type Vault } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isUnrecognized, stateOf } from "../stateMachine.js";
import { all, type Truth, truthOf } from "../truth.js";
import { isSecuredByDefault } from "./region.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

const reason =
  "Azure no longer lets soft delete be turned off in its generally available regions, nor elsewhere by api-versions from 2025-09-01 on.";

export const softDeleteOffByApiVersion: Rule = {
  code: "soft-delete-off-by-api-version",
  resource: "BackupVault",
  title: "Soft delete cannot be turned off any more",
  summary: `${reason} A new vault without soft delete is refused for the same reason, which is inferred.`,
  remediation: "Keep soft delete On, with the shortest retention of 14 days if deleted backups should go soon.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after, apiVersion } = change;
    if (!after || operation === "replace") return [];
    const truth = all(
      before ? isState(before, "On", "before") : "yes",
      isState(after, "Off", "after"),
      isSecuredByDefault(apiVersion, after, "after"),
    );
    const evidence = before ? "microsoft" : "community";
    return when(truth, { decision: "refuse", ...fromTo(softDelete, change), reason, evidence }, change);
  },
};

function isState(vault: Vault, state: string, side: "before" | "after"): Truth {
  const actual = stateOf(softDelete, vault);
  // A value that the table does not have is soft-delete-always-on's to question.
  return actual === unknown ? side : truthOf(!isUnrecognized(softDelete, actual) && actual === state);
}

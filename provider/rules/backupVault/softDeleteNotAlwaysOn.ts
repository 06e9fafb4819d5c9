import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { reports } from "../sources.js";
import { isUnrecognized, stateOf } from "../stateMachine.js";
import { type Truth, truthOf } from "../truth.js";
import { isNewer } from "./region.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

const asked = "from api-version 2025-09-01 on, Azure asks for soft delete that is AlwaysOn";

export const softDeleteNotAlwaysOn: Rule = {
  code: "soft-delete-not-always-on",
  resource: "BackupVault",
  title: "Newer api-versions ask for AlwaysOn",
  summary:
    "From api-version 2025-09-01 on, Azure was seen to refuse every write after which a vault's soft delete is not " +
    "AlwaysOn, though not in every region and subscription. This package writes such a vault by an older api-version, as " +
    "Azure's answer advises, and says so. What another provider writes by a newer one is refused.",
  remediation:
    "Set softDelete.state to AlwaysOn, which can never be weakened again, or write the vault by an api-version before 2025-09-01.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.alwaysOnApiVersions,
  needs: ["vault"],
  judge(change) {
    const { operation, after, writes, apiVersion } = change;
    if (!after || operation === "replace" || !writes) return [];
    return isNewer(apiVersion) ? judgeNewer(change) : judgeOlder(change);
  },
};

function judgeNewer(change: Change): Finding[] {
  const { before, apiVersion } = change;
  const where = fromTo(softDelete, change);
  if (isStated(change)) {
    const reason = `It is written by ${apiVersion}, and ${asked}.`;
    return when(isNotAlwaysOn(change), { decision: "refuse", ...where, reason }, change);
  }
  // A change of something else leaves soft delete as it is, and going back to the default is weaker than AlwaysOn.
  if (before && (before.softDelete?.state === undefined || stateOf(softDelete, before) === "AlwaysOn")) return [];
  const reason = `It is written by ${apiVersion}, and ${asked}. What becomes of a vault that leaves it out is not known.`;
  return [{ decision: "warn", ...where, reason }];
}

function judgeOlder(change: Change): Finding[] {
  // Who always writes so has nothing to tell: Azure takes every state.
  if (change.isOnlyApiVersion) return [];
  if (change.operation === "change" && !isStated(change)) return [];
  const reason = `It is written by ${change.apiVersion}: ${asked}.`;
  const remediation = "Nothing has to be done. Set AlwaysOn where soft delete should stay on for good.";
  return when(isNotAlwaysOn(change), { decision: "warn", ...fromTo(softDelete, change), reason, remediation }, change);
}

const isStated = ({ after }: Change): boolean => (after?.softDelete?.state ?? undefined) !== undefined;

/** Whether the vault will have another soft delete than AlwaysOn. A change that says nothing of it leaves what there is. */
export function isNotAlwaysOn(change: Change): Truth {
  const { operation, after } = change;
  if (!after || operation === "replace") return "no";
  if (operation === "change" && !isStated(change)) return "before";
  const state = stateOf(softDelete, after);
  if (state === unknown) return "after";
  // A value that the table does not have is soft-delete-always-on's to question.
  return truthOf(!isUnrecognized(softDelete, state) && state !== "AlwaysOn");
}

import { unknown } from "../../vaults/ruleVault.js";
import { when } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, any, differs, type Truth, truthOf } from "../truth.js";
import { shown } from "../wording.js";
import { isNewer, isSince } from "./region.js";
import { isNotAlwaysOn } from "./softDeleteNotAlwaysOn.js";

const property = "costManagementGranularity";

/** Stable versions before it do not have the property. https://github.com/Azure/azure-rest-api-specs (checked 2026-12) */
const since = "2026-06-01";

export const newerApiVersionNeeded: Rule = {
  code: "newer-api-version-needed",
  resource: "BackupVault",
  title: "What only newer api-versions have needs AlwaysOn",
  summary:
    `Azure has ${property} from api-version ${since} on. A vault whose soft delete is not AlwaysOn is written by an older ` +
    "one, which cannot set it: soft-delete-not-always-on says why. Nor can it name the value that such a vault already has " +
    "in a request that replaces all settings, as a change of redundancy does. Whether Azure keeps the value then is not known.",
  remediation: `Set softDelete.state to AlwaysOn, which can never be weakened again, or leave ${property} out.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.specification,
  needs: ["vault"],
  judge: (change) => (isAskedFor(change) === "no" ? judgeKept(change) : judgeAskedFor(change)),
};

function judgeAskedFor(change: Change): Finding[] {
  const { before, after, apiVersion } = change;
  const truth = all(isAskedFor(change), truthOf(!isNewer(apiVersion)), isNotAlwaysOn(change));
  const from = before ? shown(before[property]) : "";
  const reason = `Azure has it from api-version ${since} on, and the vault is written by ${apiVersion}, because newer ones ask for soft delete that is AlwaysOn.`;
  return when(truth, { decision: "refuse", property, from, to: shown(after?.[property]), reason }, change);
}

function isAskedFor({ before, after }: Change): Truth {
  const wanted = after?.[property] ?? undefined;
  if (wanted === undefined) return "no";
  // It may turn out to be nothing.
  if (wanted === unknown) return "after";
  return before ? differs(before[property], wanted, isSameText) : "yes";
}

/** What the vault has is in danger where a PUT cannot say it. Only Azure knows whether a PUT keeps what it leaves out. */
function judgeKept(change: Change): Finding[] {
  const { operation, before, after, apiVersion, writes } = change;
  const has = before?.[property] ?? undefined;
  if (operation !== "change" || !before || !after || !writes || has === undefined) return [];
  const redundancy = differs(before.redundancy, after.redundancy ?? before.redundancy, isSameText);
  const failed = before.lastWriteFailed === unknown ? "before" : truthOf(before.lastWriteFailed === true);
  // The version follows from soft delete, which is not known without a look at a vault whose program leaves it alone.
  const version: Truth = after.softDelete?.state === unknown ? "after" : truthOf(!isSince(apiVersion, since));
  const truth = all(version, any(redundancy, failed), has === unknown ? "before" : "yes");
  const where =
    redundancy === "no"
      ? { property, from: shown(has), to: shown(has) }
      : { property: "redundancy", from: shown(before.redundancy), to: shown(after.redundancy) };
  const whole =
    redundancy === "no"
      ? "Its last write failed, so the next one replaces all settings."
      : "The request that changes it replaces all settings.";
  const reason = `${whole} Api-version ${apiVersion} cannot set ${property}, and whether Azure keeps its value, ${shown(has)}, is not known.`;
  const remediation = `Set softDelete.state to AlwaysOn, which can never be weakened again: such a vault is written by ${since}.`;
  return when(truth, { decision: "refuse", ...where, reason, remediation, evidence: "community" }, change);
}

const isSameText = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

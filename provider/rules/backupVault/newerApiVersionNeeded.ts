import { when } from "../findings.js";
import type { Change, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, differs, type Truth, truthOf } from "../truth.js";
import { unknown } from "../vault.js";
import { shown } from "../wording.js";
import { isNewer } from "./region.js";
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
    "one, which cannot set it: soft-delete-not-always-on says why.",
  instead: `Set softDelete.state to AlwaysOn, which can never be weakened again, or leave ${property} out.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.specification,
  needs: ["vault"],
  judge(change) {
    const { before, after, apiVersion } = change;
    const truth = all(isAskedFor(change), truthOf(!isNewer(apiVersion)), isNotAlwaysOn(change));
    const from = before ? shown(before[property]) : "";
    const because = `Azure has it from api-version ${since} on, and the vault is written by ${apiVersion}, because newer ones ask for soft delete that is AlwaysOn.`;
    return when(truth, { decision: "refuse", property, from, to: shown(after?.[property]), because }, change);
  },
};

function isAskedFor({ before, after }: Change): Truth {
  const wanted = after?.[property] ?? undefined;
  if (wanted === undefined) return "no";
  // It may turn out to be nothing.
  if (wanted === unknown) return "after";
  return before ? differs(before[property], wanted, isSameText) : "yes";
}

const isSameText = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

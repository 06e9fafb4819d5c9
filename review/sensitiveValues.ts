import { isDeepStrictEqual } from "node:util";
import { ruleText, type Verdict } from "../provider/rules/index.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import { idIn } from "./changes/terraform.js";
import { withoutValues } from "./hideSecrets.js";
import type { ReviewedResource } from "./report.js";
import { containsSensitive, revealed } from "./values.js";

/*
 * A plan of Terraform has the values that it marks as sensitive. They decide, as any others do, about every resource: otherwise,
 * a mark would make a refusal weaker. The page shows nothing of them.
 */

/** Each change with its sensitive values. Undefined if none has any. */
export function withSensitiveValues(all: readonly PlannedChange[]): Map<PlannedChange, PlannedChange> | undefined {
  const isSensitive = ({ old, new: wanted }: PlannedChange) =>
    [old, wanted].some((state) => containsSensitive(state?.inputs));
  if (!all.some(isSensitive)) return undefined;
  return new Map(all.map((change) => [change, isSensitive(change) ? revealedChange(change) : change]));
}

function revealedChange(change: PlannedChange): PlannedChange {
  const { old, new: wanted } = change;
  return { ...change, ...(old && { old: revealedState(old) }), ...(wanted && { new: revealedState(wanted) }) };
}

function revealedState({ inputs, ...state }: State): State {
  const values = revealed(inputs) as State["inputs"];
  return { ...idIn(values), ...state, inputs: values, outputs: values };
}

/**
 * What was found with the sensitive values, as the page may show it: in the words of what was found without them, or else of the
 * rule.
 *
 * @param shown what was found without the sensitive values
 * @param who which resource it is, without them
 */
export function withoutSensitiveValues(
  { name: _, vaultId, resourceGroupName, subscriptionId, ...found }: ReviewedResource,
  shown: ReviewedResource | undefined,
  who: Pick<ReviewedResource, "name">,
): ReviewedResource {
  const safe = shown?.verdicts ?? [];
  const isIn = (all: readonly Verdict[], verdict: Verdict) => all.some((each) => isDeepStrictEqual(each, verdict));
  const others = safe.filter((each) => !isIn(found.verdicts, each));
  const verdicts = found.verdicts.map((verdict) => {
    if (isIn(safe, verdict)) return verdict;
    const { code, decision, property } = verdict;
    const alike = others.findIndex((each) => isDeepStrictEqual({ ...each, code, decision, property }, each));
    return others.splice(alike, alike < 0 ? 0 : 1)[0] ?? withoutDetails(verdict);
  });
  const notes = found.notes.filter((note) => shown?.notes.includes(note));
  const isWhyHidden = found.unchecked !== undefined && found.unchecked !== shown?.unchecked;
  const isWhole = isDeepStrictEqual([verdicts, notes], [found.verdicts, found.notes]);
  return {
    ...found,
    ...who,
    verdicts,
    notes: isWhole ? notes : [...notes, lessShown],
    ...(isWhyHidden && { unchecked: "Why is not shown, because the reason may contain sensitive values." }),
  };
}

const lessShown = "The plan marks values as sensitive, so the page does not show all that was found.";

/** In the words of its rule, which are the same for every resource. */
function withoutDetails(verdict: Verdict): Verdict {
  const { summary: reason = "", remediation = "" } = ruleText(verdict.code) ?? {};
  return { ...withoutValues(verdict), reason, remediation };
}

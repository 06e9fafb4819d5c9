import { ruleText, type Verdict } from "../provider/rules/index.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import { idIn } from "./changes/terraform.js";
import { withoutValues } from "./hideSecrets.js";
import type { ReviewedResource } from "./report.js";
import { containsSensitive, revealed } from "./values.js";

/*
 * A plan of Terraform has the values that it marks as sensitive. They decide, as any others do: otherwise, a mark would make
 * a refusal weaker. The page shows nothing of them.
 */

/** The change with its sensitive values. Undefined if it has none. */
export function withSensitiveValues(change: PlannedChange): PlannedChange | undefined {
  const { old, new: wanted } = change;
  if (![old, wanted].some((state) => containsSensitive(state?.inputs))) return undefined;
  return { ...change, ...(old && { old: revealedState(old) }), ...(wanted && { new: revealedState(wanted) }) };
}

function revealedState({ inputs, ...state }: State): State {
  const values = revealed(inputs) as State["inputs"];
  return { ...idIn(values), ...state, inputs: values, outputs: values };
}

/**
 * What was found with the sensitive values, as the page may show it. What is found without them as well does not contain them.
 *
 * @param shown what was found without the sensitive values
 * @param who which resource it is, without them
 */
export function withoutSensitiveValues(
  { name: _, vaultId, resourceGroupName, subscriptionId, ...found }: ReviewedResource,
  shown: ReviewedResource | undefined,
  who: Pick<ReviewedResource, "name">,
): ReviewedResource {
  const known = new Set(shown?.verdicts.map((each) => JSON.stringify(each)));
  const isSafe = (verdict: Verdict) => known.has(JSON.stringify(verdict));
  const notes = found.notes.filter((note) => shown?.notes.includes(note));
  const isWhyHidden = found.unchecked !== undefined && found.unchecked !== shown?.unchecked;
  const isWhole = found.verdicts.every(isSafe) && notes.length === found.notes.length;
  return {
    ...found,
    ...who,
    verdicts: found.verdicts.map((verdict) => (isSafe(verdict) ? verdict : withoutDetails(verdict))),
    notes: isWhole ? notes : [...notes, lessShown],
    ...(isWhyHidden && { unchecked: "Why is not shown, because the reason may contain sensitive values." }),
  };
}

const lessShown = "The plan marks values of this resource as sensitive, so the page does not show all that it found.";

/** In the words of its rule, which are the same for every resource. */
function withoutDetails(verdict: Verdict): Verdict {
  const { summary: reason = "", remediation = "" } = ruleText(verdict.code) ?? {};
  return { ...withoutValues(verdict), reason, remediation };
}

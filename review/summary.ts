import type { Preview } from "./preview/readPreview.js";
import type { Counts, Report, ReviewedResource } from "./report.js";

/** The counts and the gravest decision of all that was found. */
export function summary(
  { stack, project, steps, stepCount }: Preview,
  resources: ReviewedResource[],
  failures: string[],
): Report {
  const verdicts = resources.flatMap((resource) => resource.verdicts);
  const count = (decision: string) => verdicts.filter((verdict) => verdict.decision === decision).length;
  const counts: Counts = {
    refused: count("refuse"),
    warnings: count("warn"),
    undecided: count("undecided"),
    unjudged: resources.filter(({ unjudged }) => unjudged !== undefined).length,
    resources: resources.length,
    others: stepCount - steps.length,
  };
  return {
    version: 1,
    ...(project !== undefined && { project }),
    ...(stack !== undefined && { stack }),
    decision: decisionOf(counts, failures),
    counts,
    resources,
    failures,
  };
}

function decisionOf({ refused, unjudged, undecided, warnings }: Counts, failures: string[]): Report["decision"] {
  if (refused > 0) return "refuse";
  // What the preview does not show nobody has judged.
  if (unjudged > 0 || failures.length > 0) return "unjudged";
  if (undecided > 0) return "undecided";
  return warnings > 0 ? "warn" : "clear";
}

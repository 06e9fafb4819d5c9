import type { Verdict } from "../../provider/rules/index.js";
import type { Report, ReviewedResource } from "../report.js";

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** The result of the review in one line. */
export function headline({ decision, counts, failures }: Report): string {
  const { refused, unchecked, undecided, warnings } = counts;
  const parts = [
    refused > 0 && counted(refused, "change refused", "changes refused"),
    failures.length > 0 && "preview ended early",
    unchecked > 0 && counted(unchecked, "resource not checked", "resources not checked"),
    undecided > 0 && counted(undecided, "finding undecided", "findings undecided"),
    warnings > 0 && counted(warnings, "warning", "warnings"),
  ].filter((part) => part !== false);
  if (decision === "clear") {
    return counts.resources === 0 ? "no vault changes" : "nothing refused";
  }
  return parts.join(", ");
}

/** What was checked, so that a page without findings shows what it is based on. */
export function checkedLine({ counts }: Report): string {
  const changes = `Checked ${counted(counts.resources, "vault change", "vault changes")}.`;
  return counts.others === 0
    ? changes
    : `${changes} The preview has ${counted(counts.others, "other step", "other steps")}.`;
}

export const stackOf = ({ project, stack }: Report): string => [project, stack].filter(Boolean).join("/");

/** A verdict and the resource that it is about. */
export interface Row {
  resource: ReviewedResource;
  verdict: Verdict;
}

export const rowsOf = ({ resources }: Report, decision: Verdict["decision"]): Row[] =>
  resources.flatMap((resource) =>
    resource.verdicts.filter((verdict) => verdict.decision === decision).map((verdict) => ({ resource, verdict })),
  );

/** The property that a verdict is about. If it is about the vault as a whole, the operation. */
export const propertyOf = ({ verdict: { property, operation } }: Row): string =>
  property ||
  { create: "(creation)", change: "(the vault)", replace: "(replacement)", delete: "(deletion)" }[operation];

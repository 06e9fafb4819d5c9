import type { Report } from "../report.js";

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** The whole review in one line. */
export function headline({ decision, counts, failures }: Report): string {
  const { refused, unjudged, undecided, warnings } = counts;
  const parts = [
    refused > 0 && counted(refused, "change is refused", "changes are refused"),
    failures.length > 0 && "the preview ended early",
    unjudged > 0 && counted(unjudged, "resource could not be judged", "resources could not be judged"),
    undecided > 0 && counted(undecided, "question is undecided", "questions are undecided"),
    warnings > 0 && counted(warnings, "warning", "warnings"),
  ].filter((part) => part !== false);
  if (decision === "clear") {
    return counts.resources === 0 ? "no vault changes" : "nothing is refused";
  }
  return parts.join(", ");
}

/** What was looked at, so that a clear page says what it rests on. */
export function lookedAt({ counts }: Report): string {
  const changes = counted(counts.resources, "change to vaults was judged", "changes to vaults were judged");
  const others = counted(counts.others, "step is about something else", "steps are about something else");
  return `${changes}; ${others}.`;
}

export const stackOf = ({ project, stack }: Report): string => [project, stack].filter(Boolean).join("/");

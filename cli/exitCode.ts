import type { Report } from "../review/index.js";

/** What makes the command fail. */
export type FailOn = "refuse" | "warn" | "never";

/** What nobody has judged never passes, unless failing is never wanted. */
export function exitCode(decision: Report["decision"], failOn: FailOn): number {
  if (failOn === "never" || decision === "clear") return 0;
  if (decision === "refuse") return 1;
  if (decision === "unjudged") return 2;
  return failOn === "warn" ? 3 : 0;
}

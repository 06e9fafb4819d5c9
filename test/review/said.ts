import type { Report } from "../../review/index.js";

/** The verdicts of a review, as in `refuse immutability-locked`. */
export const said = ({ resources }: Pick<Report, "resources">): string[] =>
  resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));

import type { Verdict } from "../../provider/rules/index.js";
import type { Report, ReviewedResource } from "../report.js";

/** One verdict with the resource that it is about. */
export interface Row {
  resource: ReviewedResource;
  verdict: Verdict;
}

export const rowsOf = ({ resources }: Report, decision: Verdict["decision"]): Row[] =>
  resources.flatMap((resource) =>
    resource.verdicts.filter((verdict) => verdict.decision === decision).map((verdict) => ({ resource, verdict })),
  );

/** The property that a verdict is about; a vault as a whole is named by what becomes of it. */
export const propertyOf = ({ verdict: { property, operation } }: Row): string =>
  property ||
  { create: "(creation)", change: "(the vault)", replace: "(replacement)", delete: "(deletion)" }[operation];

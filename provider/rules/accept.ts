import type { Verdict } from "./verdict.js";

/** Refusals that the program accepts become warnings. What rests on Microsoft's word stays refused. */
export function applyAccept(verdicts: Verdict[], accept: string[]): Verdict[] {
  return verdicts.map((verdict) =>
    verdict.decision === "refuse" && verdict.overridable && accept.includes(verdict.code)
      ? { ...verdict, decision: "warn", accepted: true }
      : verdict,
  );
}

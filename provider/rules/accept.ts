import type { VaultKind } from "../vaults/vaultId.js";
import { rules } from "./judge.js";
import type { Verdict } from "./verdict.js";

/** Only what rests on others' experience may be overridden; what rests on Microsoft's word may not. */
export const overridableCodes = (kind: VaultKind): string[] =>
  rules.filter(({ resource, overridable }) => resource === kind && overridable).map(({ code }) => code);

/** Refusals that the program accepts become warnings. What rests on Microsoft's word stays refused. */
export function applyAccept(verdicts: Verdict[], accept: string[]): Verdict[] {
  return verdicts.map((verdict) =>
    verdict.decision === "refuse" && verdict.overridable && accept.includes(verdict.code)
      ? { ...verdict, decision: "warn", accepted: true }
      : verdict,
  );
}

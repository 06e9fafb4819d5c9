import type { Verdict } from "../rules/index.js";
import type { VaultOverview } from "./vaultOverview.js";

/** What the rules say to a deletion, in short. */
export function deletionOf(verdicts: readonly Verdict[]): VaultOverview["deletion"] {
  const decisions = verdicts.map(({ decision }) => decision);
  const findings = verdicts.map(({ code, decision, reason, remediation, source }) => ({
    code,
    decision,
    reason,
    remediation,
    source,
  }));
  if (decisions.includes("refuse")) return { decision: "blocked", findings };
  return { decision: decisions.includes("undecided") ? "undecided" : "possible", findings };
}

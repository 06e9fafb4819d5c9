import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { isRetentionTouched, retentionDays, retentionEnds } from "./retention.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

export const retentionMissing: Rule = {
  code: "retention-missing",
  resource: "BackupVault",
  title: "Soft delete without a retention",
  summary: `Soft delete that is set without a retention gets Azure's default of ${retentionDays.whenAbsent} days.`,
  remediation: "Set softDelete.retentionDurationInDays, so that the program says what the vault has.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermSoftDelete,
  needs: [],
  judge(change) {
    const { after } = change;
    // A program that says nothing about soft delete at all leaves it to Azure on purpose.
    if (!after?.softDelete || (after.softDelete.state ?? undefined) === undefined) return [];
    const isMissing = (after.softDelete.retentionDurationInDays ?? undefined) === undefined;
    const state = stateOf(softDelete, after);
    if (!isMissing || (state !== "On" && state !== "AlwaysOn") || isRetentionTouched(change) === "no") return [];
    const reason = `Without a retention, Azure keeps deleted backups for ${retentionDays.whenAbsent} days.`;
    return [{ decision: "warn", ...retentionEnds(change), reason }];
  },
};

import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { type FromTo, when } from "./findings.js";
import { type Change, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { softDelete } from "./softDelete.js";
import { reports, sources } from "./sources.js";
import { stateOf } from "./stateMachine.js";
import type { AnyVault } from "./transition.js";
import { all, any, differs, type Truth, truthOf } from "./truth.js";
import { shown } from "./wording.js";

/** https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11) */
const least = 14;
const most = 180;
const whenAbsent = 14;

const reason = `Azure keeps soft-deleted backups for ${least} to ${most} days.`;

const outOfRange = ofBothKinds({
  code: "retention-out-of-range",
  topic: "retention",
  title: `Soft delete retention is ${least} to ${most} days`,
  summary: reason,
  remediation: `Set \`softDelete.retentionDurationInDays\` to a number from ${least} to ${most}.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: [],
  judge: (change) => {
    if (!change.after) return [];
    const days = retentionOf(change.after);
    const isOutside = days === unknown ? "unknownDesired" : truthOf(!(days >= least && days <= most));
    if (isOutside === "no") return [];
    return when(all(isOutside, isTouched(change)), { decision: "refuse", ...retentionFromTo(change), reason }, change);
  },
});

const missing: Rule<"BackupVault"> = {
  code: "retention-missing",
  topic: "retention",
  resource: "BackupVault",
  title: "Soft delete without a retention",
  summary: `Soft delete that is set without a retention gets Azure's default of ${whenAbsent} days.`,
  remediation: "Set `softDelete.retentionDurationInDays` to state the retention in the program.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermSoftDelete,
  needs: [],
  judge: (change) => {
    const { after } = change;
    // A program that says nothing about soft delete at all leaves it to Azure on purpose.
    if (!after?.softDelete || (after.softDelete.state ?? undefined) === undefined) return [];
    const isMissing = (after.softDelete.retentionDurationInDays ?? undefined) === undefined;
    const state = stateOf(softDelete.BackupVault, after);
    if (!isMissing || (state !== "On" && state !== "AlwaysOn") || isTouched(change) === "no") return [];
    const reason = `Without a retention, Azure keeps soft-deleted backups for ${whenAbsent} days.`;
    return [{ decision: "warn", ...retentionFromTo(change), reason }];
  },
};

const shortenedReason = "Backups that are deleted afterwards can be recovered for fewer days.";

const shortened = ofBothKinds({
  code: "retention-shortened",
  topic: "retention",
  title: "A shorter soft delete retention",
  summary: `${shortenedReason} Azure allows it, also where soft delete is always on.`,
  remediation: "Keep the retention unless deleted backups should be purged earlier.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.softDelete,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (operation !== "change" || !before || !after) return [];
    const [from, to] = [retentionOf(before), retentionOf(after)];
    if (typeof from !== "number" || typeof to !== "number" || !(to < from)) return [];
    return [{ decision: "warn", ...retentionFromTo(change), reason: shortenedReason }];
  },
});

const retentionOf = ({ softDelete }: AnyVault): Maybe<number> => softDelete?.retentionDurationInDays ?? whenAbsent;

/** Whether the write says anything new about soft delete: an old vault is not judged for what it has. */
function isTouched({ operation, before, after }: Change<VaultKind>): Truth {
  if (!after || operation === "replace") return "no";
  if (!before) return "yes";
  return any(
    differs(retentionOf(before), retentionOf(after)),
    differs(stateOf(softDelete.BackupVault, before), stateOf(softDelete.BackupVault, after)),
  );
}

const retentionFromTo = ({ before, after }: Change): FromTo => ({
  property: "softDelete.retentionDurationInDays",
  from: before ? days(before) : "",
  to: after ? days(after) : "",
});

function days({ softDelete }: AnyVault): string {
  const given = softDelete?.retentionDurationInDays;
  if (given === unknown) return shown(given);
  return given === undefined || given === null ? `${whenAbsent} (Azure's default)` : shown(given);
}

export const retentionRules: RulesByKind = {
  BackupVault: [outOfRange.BackupVault, missing, shortened.BackupVault],
  RecoveryServicesVault: [outOfRange.RecoveryServicesVault, shortened.RecoveryServicesVault],
};

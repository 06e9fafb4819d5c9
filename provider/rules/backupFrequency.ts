import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { DependencyFinding, DependencyRule } from "./dependency.js";
import { sources } from "./sources.js";
import { counted } from "./wording.js";

/** How far apart the backups in one store are at most. */
interface Gap {
  store: string;
  /** Undefined: this version does not understand the schedule. */
  minutes: number | undefined;
  /** That schedule, as it is written. */
  unread?: string;
}

/** How far apart backups are at most, with one policy and then with another. */
export interface OtherFrequency {
  before: Maybe<readonly Gap[]>;
  after: Maybe<readonly Gap[]>;
  /** Microsoft's page on what is backed up. @default the rule's own */
  source?: string | undefined;
}

const summary =
  "A recovery point is made less often by a changed policy, or by another policy in its place. What changes after the last " +
  "recovery point cannot be restored, so more may be lost.";

const notKnown = {
  before: "How often backups are made now is not known.",
  after: "How often backups would be made is only known during `pulumi up`.",
};

const notUnderstood =
  "Whether backups would be made less often was not checked: this version does not understand all of the schedule, before " +
  "or after the change.";

const lessFrequentRule = (vault: VaultKind) =>
  ({
    title: "Backups are made less often",
    summary,
    remediation: "Continue only if losing the changes of this time is acceptable.",
    decision: "warn",
    evidence: "microsoft",
    overridable: false,
    needs: [],
    judge({ before, after, source: page }) {
      const more = { vault, ...(page !== undefined && { source: page }) };
      if (before === unknown) return [{ decision: "undecided", reason: notKnown.before, ...more }];
      if (after === unknown)
        return before.length > 0 ? [{ decision: "undecided", reason: notKnown.after, ...more }] : [];
      return before.flatMap(({ store, minutes, unread }): DependencyFinding[] => {
        const is = after.find((each) => each.store === store);
        if (!is) return [];
        if (minutes === undefined || is.minutes === undefined)
          return is.unread === unread ? [] : [{ decision: "undecided", reason: notUnderstood, ...more }];
        if (is.minutes <= minutes) return [];
        const reason = `Backups would be up to ${duration(is.minutes)} apart instead of ${duration(minutes)}.`;
        return [{ decision: "warn", reason, ...more }];
      });
    },
  }) as const satisfies Partial<DependencyRule<OtherFrequency>>;

const duration = (minutes: number): string => {
  if (minutes % 60 > 0) return counted(minutes, "minute");
  const hours = minutes / 60;
  return hours > 24 && hours % 24 === 0 ? counted(hours / 24, "day") : counted(hours, "hour");
};

export const lessFrequent: Record<VaultKind, DependencyRule<OtherFrequency>> = {
  BackupVault: {
    ...lessFrequentRule("BackupVault"),
    code: "backup-less-frequent",
    source: sources.policyOfInstance,
  },
  RecoveryServicesVault: {
    ...lessFrequentRule("RecoveryServicesVault"),
    code: "rsv-backup-less-frequent",
    source: sources.policyImpact,
  },
};

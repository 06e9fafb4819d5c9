import { backupsText, countOf, type KeptBackups } from "../policies/keptBackups.js";
import { daysOf } from "../policies/periods.js";
import { isSameValue } from "../vaults/values.js";
import { type DependencyRule, readVaults } from "./dependency.js";
import { sources } from "./sources.js";
import { listed } from "./wording.js";

/** A backup policy of a Backup vault that somebody means to change as it is. */
export interface ChangedPolicy {
  /** What would change, in words. */
  changed: readonly string[];
  /** What the change would be is not known yet, or was not understood. */
  open?: string;
}

export const policyChanged: DependencyRule<ChangedPolicy> = {
  code: "policy-changed",
  title: "A backup policy of a Backup vault is not changed",
  summary:
    "Azure updates no backup policy of a Backup vault, whether or not it is in use: it answers " +
    "`UserErrorBMSUpdatePolicyNotSupported`. Another policy takes its place, which the backup instances are then given.",
  remediation:
    "Create another policy with the new schedule and retention, assign it to the backup instances, and then delete this one.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.policyUpdate,
  needs: [],
  judge({ changed, open }) {
    if (open !== undefined) return [{ decision: "undecided", reason: open, remediation: writeItDown }];
    if (changed.length === 0) return [];
    return [{ decision: "refuse", reason: `This would change ${listed(changed)} of the policy as it is.` }];
  },
};

export const writeItDown = "To get an answer at preview, write the policy's rules in the program.";

/** How long a policy keeps which backups. */
export interface Kept {
  /** Which ones: the name of the retention rule. */
  rule: string;
  isDefault: boolean;
  store: string;
  /** Such as `P30D`. */
  keep: string;
  /** Which backups the rule is of. @default all */
  of?: KeptBackups;
}

export interface RetentionChange {
  before: readonly Kept[];
  after: readonly Kept[];
  /** What the change would be is not known yet. */
  open?: string;
  /** Microsoft's page on what is backed up. @default the rule's own */
  source?: string | undefined;
  /** That is because a policy could not be read. */
  isUnread?: boolean;
}

export const policyRetentionShorter: DependencyRule<RetentionChange> = {
  code: "policy-retention-shorter",
  title: "Backups are kept for less time",
  summary:
    "A policy that takes another one's place keeps backups for less time. In a Backup vault, recovery points that exist " +
    "keep the retention that they were made with, so nothing is deleted sooner; only new ones get the new retention. A rule " +
    "that keeps fewer backups for as long is found as well, unless another rule keeps them.",
  remediation: "Continue only if no more new backups need to be kept, and no longer than this.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.policyOfInstance,
  needs: [],
  judge({ before, after, open, isUnread = false, source = sources.policyOfInstance }) {
    if (open !== undefined) {
      const reason = `Whether new backups would be kept for less time was not checked. ${open}`;
      return [{ decision: "warn", reason, remediation: isUnread ? readVaults : writeItDown, source }];
    }
    const shorter = shorterIn(before, after).filter((had) => !isKeptByOthers(had, before, after));
    const fewer = fewerIn(before, after);
    const stay = "Recovery points that exist keep their retention.";
    return [
      shorter.length > 0 && `${shorterText(shorter, "New backups")} ${stay}`,
      ...notComparedIn(before, after).map(notComparedText),
      fewer.some(isOfFewer) && `${fewerText(fewer, "new backups")} ${stay}`,
      ...fewer.filter((each) => !isOfFewer(each)).map((each) => openText(each, "new backups")),
    ]
      .filter((reason) => reason !== false)
      .map((reason) => ({ decision: "warn", reason, source }));
  },
};

/** Backups that are kept otherwise than before. `is` undefined: not at all. */
export interface KeptOtherwise extends Kept {
  is: string | undefined;
}

export const shorterIn = (before: readonly Kept[], after: readonly Kept[]): KeptOtherwise[] =>
  otherwiseIn(before, after, (days, daysBefore) => days < daysBefore);

/**
 * What a rule kept that is there no longer, others keep for at least as long. A Recovery Services vault compares its few kinds of
 * rules one by one.
 */
function isKeptByOthers(had: Kept, before: readonly Kept[], after: readonly Kept[]): boolean {
  if (had.isDefault || after.some(({ rule, store }) => rule === had.rule && store === had.store)) return false;
  const perDay = had.of?.perDay ?? 1;
  // Of one that says nothing of which backups it is, this is not known.
  if (!countOf([had.of], perDay)) return false;
  return isLess(countOfAsLong(after, had, perDay), countOfAsLong(before, had, perDay)) === false;
}

/** How many backups all rules keep together for at least as long as one of them. */
const countOfAsLong = (all: readonly Kept[], than: Kept, perDay: number): number | undefined =>
  countOf(
    all.filter((each) => each.store === than.store && !isShorter(each, than)).map(({ of }) => of),
    perDay,
  );

export const longerIn = (before: readonly Kept[], after: readonly Kept[]): KeptOtherwise[] =>
  otherwiseIn(before, after, (days, daysBefore) => days > daysBefore);

const otherwiseIn = (
  before: readonly Kept[],
  after: readonly Kept[],
  isMeant: (days: number, daysBefore: number) => boolean,
): KeptOtherwise[] =>
  before.flatMap((had) => {
    const is = keptThen(had, after);
    const [days, daysBefore] = [is === undefined ? 0 : daysOf(is), daysOf(had.keep)];
    return days !== undefined && daysBefore !== undefined && isMeant(days, daysBefore) ? [{ ...had, is }] : [];
  });

/** Durations that differ, and of which one is not understood. */
const notComparedIn = (before: readonly Kept[], after: readonly Kept[]): KeptOtherwise[] =>
  before.flatMap((had) => {
    const is = keptThen(had, after);
    const isCompared =
      is === undefined || is === had.keep || [is, had.keep].every((each) => daysOf(each) !== undefined);
    return isCompared ? [] : [{ ...had, is }];
  });

const notComparedText = (each: KeptOtherwise): string =>
  "Whether new backups would be kept for less time was not checked: this version does not understand a duration in " +
  `${changeText(each)}.`;

/** A rule that keeps backups for as long as before, and fewer of them. */
export interface KeptFewer extends Kept {
  left: KeptBackups | undefined;
  /** Whether they are fewer is not known. */
  isOpen: boolean;
}

/** What another rule keeps for at least as long is not lost, whatever that rule is called. */
export const fewerIn = (before: readonly Kept[], after: readonly Kept[]): KeptFewer[] =>
  before.flatMap((had): KeptFewer[] => {
    const same = after.find(({ rule, store }) => rule === had.rule && store === had.store);
    if (!same || isSameValue(had.of, same.of) || isShorter(same, had)) return [];
    const perDay = Math.min(had.of?.perDay ?? 1, same.of?.perDay ?? 1);
    const [was, is] = [countOf([had.of], perDay), countOf([same.of], perDay)];
    const [all, kept] = [before, after].map((each) => countOfAsLong(each, had, perDay));
    if (isLess(is, was) === false || isLess(kept, all) === false) return [];
    return [{ ...had, left: same.of, isOpen: isLess(is, was) === undefined || isLess(kept, all) === undefined }];
  });

const isLess = (count: number | undefined, than: number | undefined): boolean | undefined =>
  count === undefined || than === undefined ? undefined : count < than;

const isShorter = ({ keep }: Kept, than: Kept): boolean =>
  (daysOf(keep) ?? 0) < (daysOf(than.keep) ?? Number.POSITIVE_INFINITY);

export const isOfFewer = ({ isOpen }: KeptFewer): boolean => !isOpen;

/** @param what such as "new backups" */
export const fewerText = (fewer: readonly KeptFewer[], what: string): string =>
  `Fewer ${what} would be kept: ${listed(fewer.filter(isOfFewer).map(textOfFewer))}.`;

const textOfFewer = ({ of, left, keep, rule, store }: KeptFewer): string =>
  `for ${keep}, ${backupsText(left)} instead of ${backupsText(of)} (${rule}, ${store})`;

export const openText = ({ rule }: KeptFewer, what: string): string =>
  `Whether fewer ${what} would be kept was not checked: this version does not know all criteria of the rule ${rule}.`;

/** @param what such as "New backups" */
export const shorterText = (shorter: readonly KeptOtherwise[], what: string): string =>
  `${what} would be kept for less time: ${listed(shorter.map(changeText))}.`;

export const changeText = ({ is, keep, rule, store }: KeptOtherwise): string =>
  `${is ?? "not at all"} instead of ${keep} (${rule}, ${store})`;

/** What no rule of its own keeps any more, the default keeps in the same store. */
function keptThen({ rule, store }: Kept, after: readonly Kept[]): string | undefined {
  const inStore = after.filter((each) => each.store === store);
  return (inStore.find((each) => each.rule === rule) ?? inStore.find(({ isDefault }) => isDefault))?.keep;
}

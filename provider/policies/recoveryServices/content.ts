import { type Month, months, type Week, type Weekday, weekdays, weeks } from "../calendar.js";
import type { Criteria, KeptBackups } from "../keptBackups.js";
import type { Interval, SubPolicy, Tier, VariantName } from "./workloads.js";

export { type Month, months, type Week, weeks } from "../calendar.js";

/**
 * What a policy of a Recovery Services vault does, whichever form it was written in: the one form that is checked, compared
 * and judged. Each part knows the argument that it comes from.
 */
export interface PolicyContent {
  variant: VariantName;
  timeZone: string;
  /** The full backups of a database; all backups of anything else. */
  main: Backup;
  /** The other backups of a database. */
  also: SubBackup[];
  /** For how many days snapshots are kept next to the source. */
  snapshotDays?: number;
  isCompression: boolean;
  /** The times of day in Azure's own form besides the one of each schedule. */
  otherTimes: OtherTime[];
  /** What only Azure's own form can say, by the argument. */
  more: Record<string, unknown>;
}

interface Part {
  /** The argument, as messages name it. */
  path: string;
}

export interface Backup {
  schedule: Schedule;
  retention: Retention[];
}

export interface Schedule extends Part {
  every: Interval;
  /** `02:00`, in the policy's time zone. */
  at: string;
  /** The days of a weekly backup. */
  on: Weekday[];
  /** Over how many hours from `at` the backups of a day are spread. Of hourly backups only. */
  windowHours?: number;
}

/** A day of the month, or its last. */
export type MonthDay = number | "Last";

/** Which backups are kept for how long. */
export interface Retention extends Part {
  tier: Tier;
  keep: string;
  days: Weekday[];
  weeks: Week[];
  dates: MonthDay[];
  months: Month[];
}

export interface SubBackup extends Part {
  type: SubPolicy;
  /** Of log backups. Azure may have another one than it takes. */
  every?: string;
  /** Of the others. */
  at?: string;
  on: Weekday[];
  keep: string;
}

export interface OtherTime extends Part {
  at: string;
  /** The time of the schedule. */
  usual: string;
}

/** How long it keeps which backups, in which store. */
export function keptBy({ main, also, snapshotDays }: PolicyContent, store: string) {
  const isDefault = false;
  return [
    ...main.retention.map((each) => {
      const { tier, keep } = each;
      return { rule: tier, isDefault, store, keep, ...(tier !== "daily" && { of: backupsOf(each) }) };
    }),
    ...also.map(({ type, keep }) => ({ rule: type, isDefault, store, keep })),
    ...(snapshotDays === undefined
      ? []
      : [{ rule: "snapshots", isDefault, store: "OperationalStore", keep: `P${snapshotDays}D` }]),
  ];
}

/** Only the first of several backups of a day would be another number, which no policy of these vaults says. */
function backupsOf({
  days,
  weeks: ofMonth,
  dates,
  months: ofYear,
}: Omit<Retention, "path" | "tier" | "keep">): KeptBackups {
  const criteria: Criteria = {
    ...(days.length > 0 && { daysOfTheWeek: days }),
    ...(ofMonth.length > 0 && { weeksOfTheMonth: ofMonth }),
    ...(dates.length > 0 && { daysOfMonth: dates.map((date) => (date === "Last" ? { isLast: true } : { date })) }),
    ...(ofYear.length > 0 && { monthsOfYear: ofYear }),
  };
  return { criteria: [criteria], perDay: 1 };
}

/** Whether two policies do the same. The order of what they list says nothing. */
export const isSameContent = (a: PolicyContent, b: PolicyContent): boolean => comparable(a) === comparable(b);

const comparable = ({
  variant,
  timeZone,
  main,
  also,
  snapshotDays,
  isCompression,
  otherTimes,
  more,
}: PolicyContent): string =>
  JSON.stringify([
    [variant, timeZone.toLowerCase(), snapshotDays, isCompression],
    [main.schedule.every, main.schedule.at, inOrder(weekdays, main.schedule.on), main.schedule.windowHours],
    main.retention
      .map(({ tier, keep, days, weeks: ofMonth, dates, months: ofYear }) =>
        JSON.stringify([
          [tier, keep, inOrder(weekdays, days), inOrder(weeks, ofMonth), inOrder(months, ofYear)],
          [...dates].sort((x, y) => Number(x === "Last") - Number(y === "Last") || Number(x) - Number(y)),
        ]),
      )
      .sort(),
    also.map(({ type, every, at, on, keep }) => JSON.stringify([type, every, at, inOrder(weekdays, on), keep])).sort(),
    otherTimes.map(({ path, at }) => [path, at]),
    Object.entries(more).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

export const inOrder = <T>(all: readonly T[], some: readonly T[]): T[] => all.filter((each) => some.includes(each));

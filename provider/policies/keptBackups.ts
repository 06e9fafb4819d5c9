import { months, weekdays, weeks } from "./calendar.js";
import type { ArmCriteria } from "./policyRules.js";

/*
 * Of which backups a retention rule is, to tell whether another one is of fewer. Which day of the week or month it is does
 * not matter, only how many: each rule is counted over all days of 28 years, in which every date is on every weekday as often.
 */

/** The criteria of Azure's form, without what is empty. */
export type Criteria = Omit<ArmCriteria, "objectType">;

/** The backups that a retention rule keeps. */
export interface KeptBackups {
  /** A backup that meets one of them is kept. None: no backup is. */
  criteria: readonly Criteria[];
  /** How many backups the schedule makes on a day that has any. */
  perDay: number;
  /** Criteria that this version does not know, as they are written. */
  unread?: string;
}

interface Day {
  weekday: string;
  date: number;
  isLast: boolean;
  month: string;
  /** Such as `Fourth` and `Last`. */
  weeks: readonly string[];
}

const cycle = 28;
const firstYear = 2001;

function daysOfCycle(): Day[] {
  const found: Day[] = [];
  for (let year = firstYear; year < firstYear + cycle; year++)
    for (let month = 0; month < months.length; month++) {
      const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      for (let date = 1; date <= last; date++)
        found.push({
          weekday: String(weekdays[new Date(Date.UTC(year, month, date)).getUTCDay()]),
          date,
          isLast: date === last,
          month: String(months[month]),
          weeks: [
            ...weeks.slice(0, 4).slice(Math.ceil(date / 7) - 1, Math.ceil(date / 7)),
            ...(date + 7 > last ? ["Last"] : []),
          ],
        });
    }
  return found;
}

let allDays: Day[] | undefined;

/** How many of the day's backups are kept, if the schedule makes `perDay`. */
function keptOn(day: Day, criteria: Criteria, perDay: number): number {
  const {
    absoluteCriteria: absolute,
    daysOfTheWeek,
    weeksOfTheMonth,
    monthsOfYear,
    daysOfMonth,
    scheduleTimes,
  } = criteria;
  if (absolute?.includes("AllBackup")) return perDay;
  if (absolute) return absolute.some((each) => isFirst(day, each)) ? 1 : 0;
  const isKept =
    isIn(daysOfTheWeek, day.weekday) &&
    isIn(monthsOfYear, day.month) &&
    (weeksOfTheMonth?.some((each) => day.weeks.includes(each)) ?? true) &&
    (daysOfMonth?.some(({ date, isLast }) => (isLast ? day.isLast : date === day.date)) ?? true);
  return isKept ? Math.min(new Set(scheduleTimes).size || perDay, perDay) : 0;
}

const isIn = (names: readonly string[] | undefined, name: string): boolean => names?.includes(name) ?? true;

function isFirst({ weekday, date, month }: Day, of: string): boolean {
  if (of === "FirstOfWeek") return weekday === "Sunday";
  if (of === "FirstOfMonth") return date === 1;
  if (of === "FirstOfYear") return date === 1 && month === "January";
  return of === "FirstOfDay";
}

/**
 * How many backups rules keep together in 28 years. Undefined: not known.
 *
 * @param rules undefined: one of all backups
 */
export function countOf(rules: readonly (KeptBackups | undefined)[], perDay: number): number | undefined {
  allDays ??= daysOfCycle();
  const all = allDays.length * perDay;
  if (rules.includes(undefined)) return all;
  if (rules.some((rule) => rule?.unread !== undefined || rule?.criteria.some(isMixed))) return undefined;
  const criteria = rules.flatMap((rule) => rule?.criteria ?? []);
  const key = JSON.stringify([criteria, perDay]);
  const count =
    counts.get(key) ??
    allDays.reduce((sum, day) => sum + Math.max(0, ...criteria.map((each) => keptOn(day, each, perDay))), 0);
  if (counts.size < 1000) counts.set(key, count);
  return count;
}

/** The policies of a program have few rules that differ. */
const counts = new Map<string, number>();

/** Microsoft does not document what the first backup of a period is together with days. */
const isMixed = ({ absoluteCriteria, ...others }: Criteria): boolean =>
  absoluteCriteria !== undefined && Object.keys(others).length > 0;

/** Which ones, in words. */
export function backupsText(kept: KeptBackups | undefined): string {
  if (kept === undefined) return "all backups";
  if (kept.unread !== undefined) return kept.unread;
  return kept.criteria.length === 0 ? "no backup" : kept.criteria.map(criteriaText).join(" or ");
}

function criteriaText(criteria: Criteria): string {
  const { absoluteCriteria, daysOfTheWeek, weeksOfTheMonth, monthsOfYear, daysOfMonth, scheduleTimes } = criteria;
  const dates = daysOfMonth?.map(({ date, isLast }) => (isLast ? "the last day" : `day ${date}`));
  const of = dates ?? (weeksOfTheMonth && !daysOfTheWeek ? ["week"] : daysOfTheWeek);
  const parts = [
    together(absoluteCriteria),
    together(weeksOfTheMonth),
    together(of),
    dates && !monthsOfYear ? "of the month" : undefined,
    monthsOfYear && `of ${together(monthsOfYear)}`,
    scheduleTimes && `at ${together(scheduleTimes.map(timeOfDay))}`,
  ];
  return parts.filter((part) => part !== undefined).join(" ") || "all backups";
}

/** The date before it is the one that the schedule begins on. */
const timeOfDay = (time: string): string => /T(\d\d:\d\d)/.exec(time)?.[1] ?? time;

const list = new Intl.ListFormat("en-GB");

const together = (names: readonly string[] | undefined): string | undefined => names && list.format(names);

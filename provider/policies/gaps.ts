import { type PolicyContent, type RepeatingTime, timeOf, weekdays } from "./content.js";
import { minutesIn } from "./periods.js";
import type { PolicyContent as ItemContent, Schedule, SubBackup } from "./recoveryServices/content.js";

/** How far apart the backups of a policy are at most, in one store. */
export interface Gap {
  store: string;
  /** Undefined: this version does not understand the schedule. */
  minutes: number | undefined;
  /** That schedule, as it is written. */
  unread?: string;
}

/** Of a policy of a Backup vault. Continuous backup has none. */
export const gapsOf = ({ schedules }: PolicyContent): Gap[] =>
  [...Map.groupBy(schedules, ({ store }) => store)].flatMap(([store, all]) =>
    gapOfTimes(
      store,
      all.flatMap(({ times }) => times),
    ),
  );

/** Of the intervals that Azure and azurerm have as texts, such as `R/2026-01-01T02:00:00+00:00/PT4H`. */
export const gapOfIntervals = (store: string, intervals: readonly string[]): Gap[] =>
  gapOfTimes(store, intervals.map(timeOf), intervals);

/** @param intervals the times as they are written */
function gapOfTimes(store: string, times: readonly RepeatingTime[], intervals: readonly string[] = []): Gap[] {
  const steps = times.map(({ every }) => minutesIn(every) ?? 0);
  const unread = JSON.stringify(intervals.length > 0 ? intervals : times.map(({ date, every }) => [date, every]));
  if (steps.some((step) => step <= 0)) return [{ store, minutes: undefined, unread }];
  if (times.length === 1) return [{ store, minutes: steps[0] }];
  // Of several, those that are made less often than each week only come in between the others.
  return gapOf(store, times.flatMap(repeated), times.length > 0 ? unread : undefined);
}

/** Of a policy of a Recovery Services vault. All backups of a database are recovery points, whichever they are. */
export const gapOfItems = ({ main, also }: ItemContent): Gap[] =>
  gapOf("", [...pointsOf(main.schedule), ...also.flatMap(pointsOfOther)]);

/** When backups are made, in minutes of a week. */
type Points = number[];

const day = 24 * 60;
const week = 7 * day;

/** @param schedule one of an hourly backup begins anew each day */
export function pointsOf({
  every,
  at,
  on,
  windowHours = 24,
}: Pick<Schedule, "at" | "on" | "windowHours"> & { every: string }): Points {
  if (every === "P1W") return on.map((name) => weekdays.indexOf(name) * day + minutesOf(at));
  const [, hours] = /^PT(\d+)H$/.exec(every) ?? [];
  const step = hours === undefined ? day : Number(hours) * 60;
  const window = Math.min(windowHours * 60, day - 1);
  const ofDay = step === 0 ? [] : Array.from({ length: Math.floor(window / step) + 1 }, (_, index) => index * step);
  return weekdays.flatMap((_, index) => ofDay.map((minutes) => index * day + minutesOf(at) + minutes));
}

const pointsOfOther = ({ every, at = "00:00", on }: SubBackup): Points =>
  every === undefined ? pointsOf({ every: "P1W", at, on }) : everyMinutes(every, 0);

const repeated = ({ date, time, every }: RepeatingTime): Points =>
  everyMinutes(every, new Date(`${date}T00:00:00Z`).getUTCDay() * day + minutesOf(time));

/** Nothing for what is no part of a week. */
export function everyMinutes(every: string, first: number): Points {
  const step = minutesIn(every) ?? 0;
  if (!(step > 0 && step <= week) || Number.isNaN(first)) return [];
  return Array.from({ length: Math.floor(week / step) }, (_, index) => first + index * step);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** @param unread the schedule as it is written, of which no backup may be understood */
export function gapOf(store: string, points: Points, unread?: string): Gap[] {
  const all = [...new Set(points.map((point) => point % week))].sort((a, b) => a - b);
  const [first] = all;
  if (first === undefined || all.some(Number.isNaN))
    return unread === undefined ? [] : [{ store, minutes: undefined, unread }];
  const gaps = all.map((point, index) => (all[index + 1] ?? first + week) - point);
  return [{ store, minutes: gaps.reduce((longest, gap) => Math.max(longest, gap), 0) }];
}

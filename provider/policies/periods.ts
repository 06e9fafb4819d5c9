import { matching } from "../vaults/values.js";

/** How long backups are kept, as Azure writes it: `P30D`, `P12W`, `P6M`, `P10Y`. */
export const retentionPeriod = matching(
  /^P[1-9]\d{0,4}[DWMY]$/,
  "must be a whole number of days, weeks, months or years, such as P30D, P12W, P6M or P10Y",
);

const day = 24 * 60;

/** In minutes, in the order of ISO 8601 from weeks on. */
const units = [7 * day, day, 60, 1, 1 / 60] as const;

/**
 * Any duration of ISO 8601 in whole numbers, such as `P1Y6M` and `PT24H`, to compare two of them. A month counts as 30 days
 * and a year, also of twelve months, as 365. Undefined for anything else.
 */
export function minutesIn(duration: string): number | undefined {
  const found =
    /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/.exec(
      duration,
    );
  const counts = found?.slice(1);
  if (counts?.some((count) => count !== undefined) !== true) return undefined;
  const [years = 0, months = 0, ...others] = counts.map((count) => Number(count ?? 0));
  const all = 12 * years + months;
  const days = 365 * Math.floor(all / 12) + 30 * (all % 12);
  return units.reduce((sum, unit, index) => sum + unit * (others[index] ?? 0), days * day);
}

export function daysOf(duration: string): number | undefined {
  const minutes = minutesIn(duration);
  return minutes === undefined ? undefined : minutes / day;
}

/** How many backups an interval such as `PT4H` or `P1D` makes in a day. */
export function backupsPerDay(every: string): number {
  const [, hours] = /^PT(\d+)H$/.exec(every) ?? [];
  return hours ? 24 / Number(hours) : every === "P1W" ? 1 / 7 : 1;
}

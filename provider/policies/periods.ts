import { matching } from "../vaults/values.js";

/** How long backups are kept, as Azure writes it: `P30D`, `P12W`, `P6M`, `P10Y`. */
export const retentionPeriod = matching(
  /^P[1-9]\d{0,4}[DWMY]$/,
  "must be a whole number of days, weeks, months or years, such as P30D, P12W, P6M or P10Y",
);

const daysIn = { D: 1, W: 7, M: 30, Y: 365 } as const;

/**
 * In days, to compare two periods. A month counts as 30 days and a year as 365, as Azure's own tools count them. Undefined
 * for what is not written as Azure writes it.
 */
export function daysOf(period: string): number | undefined {
  const [, count, unit = ""] = /^P(\d{1,6})([DWMY])$/.exec(period) ?? [];
  return count === undefined ? undefined : Number(count) * daysIn[unit as keyof typeof daysIn];
}

/** How many backups an interval such as `PT4H` or `P1D` makes in a day. */
export function backupsPerDay(every: string): number {
  const [, hours] = /^PT(\d+)H$/.exec(every) ?? [];
  return hours ? 24 / Number(hours) : every === "P1W" ? 1 / 7 : 1;
}

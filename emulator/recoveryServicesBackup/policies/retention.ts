import type { ArmResource } from "../../armResource.js";
import type { Shape } from "../../http/shape.js";

const retentionDuration = { count: "number", durationType: "string" } as const;
const schedule = { retentionDuration } as const;

/** What of a policy's retention is read. */
export const retentionShape = {
  retentionDuration,
  dailySchedule: schedule,
  weeklySchedule: schedule,
  monthlySchedule: schedule,
  yearlySchedule: schedule,
} as const satisfies Shape;

const days: Record<string, number> = { Days: 1, Weeks: 7, Months: 30, Years: 365 };

/** Whether recovery points would be kept for fewer days under a policy than before. */
export function isShortened(before: ArmResource | undefined, after: ArmResource | undefined): boolean {
  const kept = retentionDays(after);
  return Object.entries(retentionDays(before)).some(([schedule, was]) => (kept[schedule] ?? 0) < was);
}

/** Days by schedule: daily, weekly, monthly, yearly, or the simple policy's only one. */
function retentionDays(policy: ArmResource | undefined): Record<string, number> {
  const duration = (given: ArmResource | undefined) => (given?.count ?? 0) * (days[given?.durationType] ?? 1);
  const schedules = ["dailySchedule", "weeklySchedule", "monthlySchedule", "yearlySchedule"];
  const present = schedules.filter((name) => policy?.[name] !== undefined);
  return Object.fromEntries([
    ["simple", duration(policy?.retentionDuration)],
    ...present.map((name) => [name, duration(policy?.[name].retentionDuration)]),
  ]);
}

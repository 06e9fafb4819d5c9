import { alternatives, type Problem } from "../../vaults/values.js";
import { daysOf } from "../periods.js";
import { timeZoneProblem } from "../timeZones.js";
import type { Backup, OtherTime, PolicyContent, Retention, SubBackup } from "./content.js";
import { hoursOf } from "./shortForm.js";
import {
  logIntervals,
  type Tier,
  tierUnits,
  type Variant,
  variantOf,
  type Workload,
  type WorkloadName,
  workloadOf,
} from "./workloads.js";

/** What Azure cannot do of a policy, by the table of workloads. */
export function problemsOf(name: WorkloadName, content: PolicyContent): Problem[] {
  const [workload, variant] = [workloadOf(name), variantOf(name, content.variant)];
  if (!variant) return [one("properties", `is not a policy for ${workload.noun}`)];
  return [
    ...timeZoneProblem(`properties.${content.variant === "Streaming" ? "settings." : ""}timeZone`, content.timeZone),
    ...ofSchedule(workload, variant, content.main),
    ...content.otherTimes.map(ofTime),
    ...ofRetention(workload, variant, content.main),
    ...ofCount(workload, variant, content.main),
    ...ofSnapshots(variant, content),
    ...ofOthers(workload, content),
  ];
}

const one = (path: string, expected: string): Problem => ({ path, expected });

/** A part of an argument of the short form. Azure's own form has other parts, and is named as a whole. */
const inside = (path: string, name: string): string => (path.startsWith("properties") ? path : `${path}.${name}`);

/** https://github.com/hashicorp/terraform-provider-azurerm: Azure takes no other time. */
const onTheHalfHour = (path: string, at: string): Problem[] =>
  /:(00|30)$/.test(at) ? [] : [one(path, `must be on the hour or half past it, such as 02:00 or 02:30; it is ${at}`)];

function ofSchedule({ noun }: Workload, { every: allowed }: Variant, { schedule }: Backup): Problem[] {
  const { path, every, at, on, windowHours = 0 } = schedule;
  const isHourly = every.startsWith("PT");
  const isKnown = allowed.some((each) => each === every);
  const hours = hoursOf(every);
  return [
    ...(isKnown
      ? []
      : [one(inside(path, "every"), `must be ${alternatives(allowed)} for ${noun}; it is ${every}${v2(every, noun)}`)]),
    ...onTheHalfHour(inside(path, "at"), at),
    ...(every === "P1W" && on.length === 0 ? [one(inside(path, "on"), "must name the days of a weekly backup")] : []),
    ...(isKnown && isHourly && (windowHours < hours || windowHours > 24 || windowHours % hours !== 0)
      ? [
          one(
            inside(path, "windowDuration"),
            `must be a multiple of the interval ${every} up to PT24H; it is PT${windowHours}H`,
          ),
        ]
      : []),
  ];
}

const v2 = (every: string, noun: string) =>
  every.startsWith("PT") && noun === "virtual machines" ? '. Hourly backups need `policyType` "V2"' : "";

/**
 * Azure refuses a policy whose retention has another time of day than its schedule, as azurerm once sent it:
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/27444
 */
const ofTime = ({ path, at, usual }: OtherTime): Problem =>
  one(path, `must be the time of the schedule, which is ${usual}; it is ${at}`);

/** The tier of all backups: the others keep some of them for longer. */
const allTier = ({ schedule }: Backup): Tier => (schedule.every === "P1W" ? "weekly" : "daily");

function ofRetention(workload: Workload, { keep }: Variant, main: Backup): Problem[] {
  const { retention, schedule } = main;
  const given = retention.map(({ tier }) => tier);
  const all = allTier(main);
  return [
    ...(given.includes(all)
      ? []
      : [one("retention", `needs an entry for all backups, in ${all === "daily" ? "days" : "weeks"}`)]),
    ...retention
      .filter(({ tier }, index) => given.indexOf(tier) < index)
      .map(({ path, tier }) => one(path, `is the second ${tier} retention, and a policy has one`)),
    ...retention
      .filter(({ tier }) => tier === "daily" && all === "weekly")
      .map(({ path }) => one(path, "is for each day, and the backups are weekly")),
    ...retention.flatMap((each) => [
      ...ofKeep(workload, each.path, each.keep, tierUnits[each.tier], keep[each.tier]),
      ...ofWhich(each),
      ...ofDays(each, schedule),
    ]),
  ];
}

const unitNames = { D: "days", W: "weeks", M: "months", Y: "years" } as const;

function ofKeep(
  { noun }: Workload,
  path: string,
  keep: string,
  unit: keyof typeof unitNames,
  [least, most]: readonly [number, number],
): Problem[] {
  const count = Number.parseInt(keep.slice(1), 10);
  if (keep.endsWith(unit) && count >= least && count <= most) return [];
  return [
    one(
      inside(path, "keep"),
      `must be P${least}${unit} to P${most}${unit}, in ${unitNames[unit]}, for ${noun}; it is ${keep}`,
    ),
  ];
}

/** The days of a monthly or yearly retention: of its weeks, or of the month. */
function ofWhich({ path, tier, days, weeks, dates, months }: Retention): Problem[] {
  if (tier === "daily") return [];
  if (tier === "weekly") return days.length === 0 ? [one(inside(path, "of"), "must name days of the week")] : [];
  const [inWeeks, inMonth] = [days.length > 0 && weeks.length > 0, dates.length > 0];
  const isMixed = inMonth && days.length + weeks.length > 0;
  return [
    ...(inWeeks !== inMonth && !isMixed
      ? []
      : [one(inside(path, "of"), "must name either days of the week and weeks of the month, or days of the month")]),
    ...(tier === "yearly" && months.length === 0 ? [one(inside(path, "of"), "must name months of the year")] : []),
    ...dates
      .filter((date) => date !== "Last" && (date < 1 || date > 28))
      .map((date) =>
        one(
          inside(path, "of.daysOfTheMonth"),
          `must be from 1 to 28; it is ${date}. For the last day, set lastDayOfTheMonth`,
        ),
      ),
  ];
}

/** Only a day that has a backup can keep one. */
function ofDays({ path, days, dates }: Retention, { every, on }: Backup["schedule"]): Problem[] {
  if (every !== "P1W") return [];
  const without = days.filter((day) => !on.includes(day));
  return [
    ...without.map((day) =>
      one(inside(path, "of.daysOfTheWeek"), `names ${day}, on which the schedule makes no backup`),
    ),
    ...(dates.length > 0 ? [one(inside(path, "of"), "names days of the month, and the backups are weekly")] : []),
  ];
}

/** With the backups of a day whose expiry is late, as Microsoft's own module counts. */
function ofCount({ noun }: Workload, { mostBackups }: Variant, { schedule, retention }: Backup): Problem[] {
  const daily = retention.find(({ tier }) => tier === "daily");
  const hours = hoursOf(schedule.every);
  if (mostBackups === undefined || hours === 0 || !daily) return [];
  const perDay = (schedule.windowHours ?? 0) / hours + 1;
  const most = Math.floor(mostBackups / perDay) - 1;
  if ((daysOf(daily.keep) ?? 0) <= most) return [];
  return [
    one(
      inside(daily.path, "keep"),
      `must be at most P${most}D with a backup every ${schedule.every}: Azure keeps at most ${mostBackups} snapshots of ${noun}; it is ${daily.keep}`,
    ),
  ];
}

function ofSnapshots({ snapshots }: Variant, { snapshotDays, main }: PolicyContent): Problem[] {
  if (!snapshots || snapshotDays === undefined) return [];
  const { argument, range, weekly } = snapshots;
  const isWeekly = main.schedule.every === "P1W" && weekly !== undefined;
  const [least, most] = isWeekly ? [weekly, weekly] : range;
  const daily = main.retention.find(({ tier }) => tier === "daily");
  const isTooLong = argument === "snapshotRetentionInDays" && daily && snapshotDays >= (daysOf(daily.keep) ?? 0);
  const expected = isWeekly ? `must be ${weekly} with weekly backups` : `must be from ${least} to ${most}`;
  return [
    ...(snapshotDays < least || snapshotDays > most ? [one(argument, `${expected}; it is ${snapshotDays}`)] : []),
    ...(isTooLong
      ? [one(argument, `must be less than the daily retention, which is ${daily.keep}; it is ${snapshotDays}`)]
      : []),
  ];
}

function ofOthers(workload: Workload, { main, also }: PolicyContent): Problem[] {
  const has = (type: SubBackup["type"]) => also.find((each) => each.type === type);
  const [differential, incremental] = [has("Differential"), has("Incremental")];
  return [
    ...also.flatMap((each) => ofOther(workload, main, each)),
    ...(differential && incremental
      ? [one(incremental.path, "and `differential` exclude each other: keep one of them")]
      : []),
    ...(workload.needsLog && !has("Log") ? [one("log", `is missing: ${workload.noun} always have log backups`)] : []),
  ];
}

function ofOther(workload: Workload, { schedule }: Backup, { path, type, every, at, on, keep }: SubBackup): Problem[] {
  const range = workload.also[type];
  if (!range) return [one(path, `is not available for ${workload.noun}`)];
  const isLog = type === "Log";
  const isKnown = !isLog || every === undefined || Object.hasOwn(logIntervals, every);
  return [
    ...(isKnown ? [] : [one(path, `must be every ${alternatives(Object.keys(logIntervals))}; it is every ${every}`)]),
    ...ofKeep(workload, path, keep, "D", range),
    ...(isLog ? [] : onTheHalfHour(inside(path, "at"), at ?? "")),
    ...(isLog || schedule.every === "P1W" ? [] : [one(path, "needs weekly full backups, with `schedule.every` P1W")]),
    ...(isLog || on.length > 0 ? [] : [one(inside(path, "on"), "must name days of the week")]),
    ...on
      .filter((day) => schedule.on.includes(day))
      .map((day) => one(inside(path, "on"), `names ${day}, on which the schedule makes a full backup`)),
  ];
}

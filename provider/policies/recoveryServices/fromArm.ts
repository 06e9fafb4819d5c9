import type { Problem } from "../../vaults/values.js";
import { zoneNamed } from "../timeZones.js";
import type { ArmPolicy, ArmRetention, ArmSchedule, ArmTiering } from "./armValues.js";
import type { Backup, MonthDay, OtherTime, PolicyContent, Retention, Schedule, SubBackup } from "./content.js";
import {
  type Interval,
  type LogInterval,
  logIntervals,
  type VariantName,
  type WorkloadName,
  workloadNames,
  workloads,
} from "./workloads.js";

/**
 * Undefined: this version knows no such policy. Policies of virtual machines have no type of workload, and neither do older
 * ones of file shares: https://github.com/Azure/azure-cli, test_afs_backup_policy until 2023-05.
 */
export function workloadOfArm({ backupManagementType, workLoadType }: ArmPolicy): WorkloadName | undefined {
  const managed = workloadNames.filter((name) => workloads[name].managementType === backupManagementType);
  if (!workLoadType) return managed.length === 1 ? managed[0] : undefined;
  return managed.find((name) => name.toLowerCase() === workLoadType.toLowerCase());
}

type Sub = NonNullable<ArmPolicy["subProtectionPolicy"]>[number];

/**
 * What a policy in Azure's form does. What does not fit the normal form is a problem: nothing is claimed of such a policy. What Azure
 * would not take is none: Azure may have it all the same, and `validate.ts` finds it.
 */
export function contentOfArm(arm: ArmPolicy, path: string, problems: Problem[]): PolicyContent {
  const subs = arm.subProtectionPolicy ?? [];
  const isDatabase = arm.backupManagementType === "AzureWorkload";
  const [full, at] = isDatabase ? fullOf(subs, path, problems) : [arm, path];
  const vaulted = arm.vaultRetentionPolicy;
  const snapshotDays = vaulted?.snapshotRetentionInDays ?? arm.instantRpRetentionRangeInDays;
  const variant: VariantName = isDatabase
    ? "Streaming"
    : arm.backupManagementType === "AzureIaasVM"
      ? (arm.policyType ?? "V1")
      : vaulted
        ? "Vaulted"
        : "Snapshot";
  const retention = vaulted ? vaulted.vaultRetention : full?.retentionPolicy;
  const otherTimes: OtherTime[] = [];
  const reading = { problems, otherTimes };
  return {
    variant,
    timeZone: zoneNamed((isDatabase ? arm.settings?.timeZone : arm.timeZone) ?? "UTC"),
    main: backupOf(full?.schedulePolicy, retention, at, reading),
    also: subs.flatMap((sub, index) => subBackupOf(sub, `${path}.subProtectionPolicy[${index}]`, reading)),
    ...(snapshotDays !== undefined && { snapshotDays }),
    isCompression: arm.settings?.isCompression ?? arm.settings?.issqlcompression ?? false,
    otherTimes,
    more: moreOf(arm),
  };
}

interface InReading {
  problems: Problem[];
  otherTimes: OtherTime[];
}

const missing = (path: string): Problem => ({ path, expected: "is missing" });

function fullOf(subs: Sub[], path: string, problems: Problem[]): [Sub | undefined, string] {
  const index = subs.findIndex(({ policyType }) => policyType === "Full");
  const at = `${path}.subProtectionPolicy`;
  if (index < 0) problems.push({ path: at, expected: "needs an entry of the type Full" });
  for (const [place, { policyType }] of subs.entries())
    if (subs.findIndex((each) => each.policyType === policyType) < place)
      problems.push({ path: `${at}[${place}]`, expected: `is the second entry of the type ${policyType}` });
  return [subs[index], index < 0 ? path : `${at}[${index}]`];
}

/** What the short form cannot say. Azure shows these also where they say nothing. */
function moreOf(arm: ArmPolicy): Record<string, unknown> {
  const tiering = [arm.tieringPolicy, ...(arm.subProtectionPolicy ?? []).map((sub) => sub.tieringPolicy)];
  const { instantRPDetails = {}, snapshotConsistencyType } = arm;
  return {
    ...(tiering.some(tiers) && { tieringPolicy: tiering.map((each) => (tiers(each) ? each?.ArchivedRP : undefined)) }),
    ...(Object.keys(instantRPDetails).length > 0 && { instantRPDetails }),
    ...(snapshotConsistencyType && { snapshotConsistencyType }),
  };
}

const tiers = (given: ArmTiering | undefined): boolean =>
  given?.ArchivedRP !== undefined && given.ArchivedRP.tieringMode !== "DoNotTier";

const timeOf = (text = ""): string => text.slice(11, 16);

function backupOf(
  schedule: ArmSchedule | undefined,
  retention: ArmRetention | undefined,
  path: string,
  reading: InReading,
): Backup {
  const read = scheduleOf(schedule, `${path}.schedulePolicy`, reading);
  // Of hourly backups, Azure itself shows another one: decisions/recovery-services-backup-policies.md.
  const at = read.windowHours === undefined ? read.at : undefined;
  return { schedule: read, retention: retentionOf(retention, at, `${path}.retentionPolicy`, reading) };
}

function scheduleOf(given: ArmSchedule | undefined, path: string, { problems, otherTimes }: InReading): Schedule {
  const { scheduleRunFrequency: frequency, hourlySchedule: hourly, dailySchedule, weeklySchedule } = given ?? {};
  if (given === undefined || frequency === undefined || given.schedulePolicyType === "LogSchedulePolicy")
    problems.push(given === undefined ? missing(path) : { path, expected: "must have a scheduleRunFrequency" });
  if (frequency === "Hourly") {
    const { interval, scheduleWindowStartTime, scheduleWindowDuration } = hourly ?? {};
    if ([interval, scheduleWindowStartTime, scheduleWindowDuration].includes(undefined))
      problems.push(missing(`${path}.hourlySchedule`));
    const at = timeOf(scheduleWindowStartTime);
    return { path, every: `PT${interval}H` as Interval, at, on: [], windowHours: scheduleWindowDuration ?? 0 };
  }
  const isWeekly = frequency === "Weekly";
  const own = isWeekly ? weeklySchedule : dailySchedule;
  const times = own?.scheduleRunTimes ?? given?.scheduleRunTimes ?? [];
  if (given !== undefined && times.length === 0) problems.push({ path, expected: "must have one time of day" });
  otherTimes.push(...othersIn(times, timeOf(times[0]), `${path}.scheduleRunTimes`));
  const on = (isWeekly && (weeklySchedule?.scheduleRunDays ?? given?.scheduleRunDays)) || [];
  return { path, every: isWeekly ? "P1W" : "P1D", at: timeOf(times[0]), on };
}

const othersIn = (times: readonly string[], usual: string, path: string): OtherTime[] =>
  times
    .map(timeOf)
    .filter((at) => at !== usual)
    .map((at) => ({ path, at, usual }));

const letters = { Days: "D", Weeks: "W", Months: "M", Years: "Y" } as const;

const keepOf = ({ count, durationType }: { count: number; durationType: keyof typeof letters }) =>
  `P${count}${letters[durationType]}`;

function retentionOf(
  given: ArmRetention | undefined,
  at: string | undefined,
  path: string,
  { problems, otherTimes }: InReading,
): Retention[] {
  if (given === undefined || given.retentionPolicyType !== "LongTermRetentionPolicy") {
    problems.push({ path, expected: "must be a LongTermRetentionPolicy" });
    return [];
  }
  const { dailySchedule: daily, weeklySchedule: weekly, monthlySchedule: monthly, yearlySchedule: yearly } = given;
  const nothing = { days: [], weeks: [], dates: [], months: [] };
  const found: (Retention & { times?: string[] })[] = [];
  const add = (
    tier: Retention["tier"],
    { retentionDuration, retentionTimes }: NonNullable<typeof daily>,
    which: Partial<typeof nothing> | Partial<Retention>,
  ) => {
    const own = `${path}.${tier}Schedule`;
    if (at !== undefined) otherTimes.push(...othersIn(retentionTimes ?? [], at, `${own}.retentionTimes`));
    found.push({ ...nothing, ...which, path: own, tier, keep: keepOf(retentionDuration) });
  };
  if (daily) add("daily", daily, {});
  if (weekly) add("weekly", weekly, { days: weekly.daysOfTheWeek });
  if (monthly) add("monthly", monthly, formatOf(monthly));
  if (yearly) add("yearly", yearly, { ...formatOf(yearly), months: yearly.monthsOfYear });
  return found;
}

type Format = Pick<
  NonNullable<ArmRetention["monthlySchedule"]>,
  "retentionScheduleFormatType" | "retentionScheduleDaily" | "retentionScheduleWeekly"
>;

/** Azure shows both formats, of which one counts. */
function formatOf({
  retentionScheduleFormatType: type,
  retentionScheduleDaily: daily,
  retentionScheduleWeekly: weekly,
}: Format): Partial<Retention> {
  if (type === "Weekly") return { days: weekly?.daysOfTheWeek ?? [], weeks: weekly?.weeksOfTheMonth ?? [] };
  const dates = (daily?.daysOfTheMonth ?? []).map(({ date = 0, isLast }): MonthDay => (isLast ? "Last" : date));
  return { dates };
}

function subBackupOf(
  { policyType: type, schedulePolicy, retentionPolicy }: Sub,
  path: string,
  reading: InReading,
): SubBackup[] {
  if (type === "Full") return [];
  const { retentionDuration } = retentionPolicy;
  if (!retentionDuration)
    reading.problems.push({ path: `${path}.retentionPolicy`, expected: "must be a SimpleRetentionPolicy" });
  const keep = retentionDuration ? keepOf(retentionDuration) : "";
  if (type === "Log") {
    const minutes = schedulePolicy.scheduleFrequencyInMins;
    if (minutes === undefined) reading.problems.push(missing(`${path}.schedulePolicy.scheduleFrequencyInMins`));
    const known = (Object.keys(logIntervals) as LogInterval[]).find((each) => logIntervals[each] === minutes);
    return [{ path, type, every: known ?? `PT${minutes}M`, on: [], keep }];
  }
  const { at, on } = scheduleOf(schedulePolicy, `${path}.schedulePolicy`, reading);
  return [{ path, type, at, on, keep }];
}

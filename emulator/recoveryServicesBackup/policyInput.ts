import type { Shape } from "../arm/shape.js";
import { isTimeZone } from "../arm/timeZones.js";
import { recoveryError } from "../recoveryServices/recoveryError.js";
import type { ArmResource } from "../state/records.js";

const duration = { count: "number", durationType: "string" } as const;
const kept = { retentionTimes: ["string"], retentionDuration: duration } as const;
const format = {
  retentionScheduleFormatType: "string",
  retentionScheduleDaily: { daysOfTheMonth: [{ date: "number", isLast: "boolean" }] },
  retentionScheduleWeekly: { daysOfTheWeek: ["string"], weeksOfTheMonth: ["string"] },
} as const;

const retentionPolicy = {
  retentionPolicyType: "string",
  retentionDuration: duration,
  dailySchedule: kept,
  weeklySchedule: { ...kept, daysOfTheWeek: ["string"] },
  monthlySchedule: { ...kept, ...format },
  yearlySchedule: { ...kept, ...format, monthsOfYear: ["string"] },
} as const;

const schedulePolicy = {
  schedulePolicyType: "string",
  scheduleRunFrequency: "string",
  scheduleRunDays: ["string"],
  scheduleRunTimes: ["string"],
  hourlySchedule: { interval: "number", scheduleWindowStartTime: "string", scheduleWindowDuration: "number" },
  dailySchedule: { scheduleRunTimes: ["string"] },
  weeklySchedule: { scheduleRunDays: ["string"], scheduleRunTimes: ["string"] },
  scheduleFrequencyInMins: "number",
} as const;

/** What is read of a policy: https://learn.microsoft.com/rest/api/backup/protection-policies/create-or-update */
export const policyShape = {
  backupManagementType: "string",
  workLoadType: "string",
  policyType: "string",
  timeZone: "string",
  settings: { timeZone: "string" },
  schedulePolicy,
  retentionPolicy,
  vaultRetentionPolicy: { vaultRetention: retentionPolicy, snapshotRetentionInDays: "number" },
  instantRpRetentionRangeInDays: "number",
  resourceGuardOperationRequests: ["string"],
  subProtectionPolicy: [{ policyType: "string", schedulePolicy, retentionPolicy }],
} as const satisfies Shape;

/**
 * Quoted in hashicorp/terraform-provider-azurerm#17817 and Azure/azure-sdk-for-go#2822. Azure says no more of what is wrong;
 * the emulator does.
 */
const invalidInput = (fact: string) =>
  recoveryError(
    400,
    "BMSUserErrorInvalidPolicyInput",
    "Input for create or update policy is not in proper format\r\nPlease check format of parameters like schedule time, " +
      `schedule days, retention time and retention days \r\n${fact}`,
  );

/** Quoted in https://github.com/2i2c-org/infrastructure/pull/4414: Azure does not say what it is about; the emulator does. */
const invalidTimeZone = (zone: string) =>
  recoveryError(
    400,
    "UserErrorInvalidRequestParameter",
    "Parameter NO_PARAM in request is invalid. Please provide correct value for parameter NO_PARAM\r\n" +
      `${zone} is no time zone of Windows.`,
  );

/**
 * What Azure does not take of a policy, as far as Microsoft's pages and its PowerShell module say it. What is left out is not
 * missed: the requests of tests are short.
 */
export function refuseOddPolicy(policy: ArmResource): void {
  for (const zone of [policy.timeZone, policy.settings?.timeZone])
    if (zone && !isTimeZone(zone)) throw invalidTimeZone(zone);
  const fact = oddness(policy);
  if (fact !== undefined) throw invalidInput(fact);
}

function oddness(policy: ArmResource): string | undefined {
  switch (policy.backupManagementType) {
    case "AzureIaasVM":
      return ofMachines(policy);
    case "AzureStorage":
      return ofShares(policy);
    case "AzureWorkload":
      return ofDatabases(policy);
    default:
      return undefined;
  }
}

type Range = [least: number, most: number];
type Limits = Record<"Days" | "Weeks" | "Months" | "Years", Range>;

// https://github.com/Azure/azure-powershell, PolicyConstants
const longTerm: Limits = { Days: [7, 9999], Weeks: [1, 5163], Months: [1, 1188], Years: [1, 99] };
const ofFileShares: Limits = { Days: [1, 200], Weeks: [1, 200], Months: [1, 120], Years: [1, 10] };

const isOutside = (value: number, [least, most]: Range): boolean => value < least || value > most;

function ofMachines({ policyType, schedulePolicy, retentionPolicy, instantRpRetentionRangeInDays: days }: ArmResource) {
  const isEnhanced = policyType === "V2";
  const frequency = schedulePolicy?.scheduleRunFrequency;
  // https://learn.microsoft.com/azure/backup/backup-instant-restore-capability
  const range: Range = frequency === "Weekly" ? [5, 5] : [1, isEnhanced ? 30 : 5];
  if (days !== undefined && isOutside(days, range))
    return `Instant restore keeps snapshots for ${range.join(" to ")} days.`;
  if (policyType === "V1" && frequency === "Hourly") return "Hourly backups need an enhanced policy.";
  return ofSchedule(schedulePolicy) ?? ofRetention(schedulePolicy, retentionPolicy, longTerm);
}

function ofShares({ schedulePolicy, retentionPolicy, vaultRetentionPolicy: vaulted }: ArmResource) {
  if (schedulePolicy?.scheduleRunFrequency === "Weekly") return "File shares are not backed up weekly.";
  const retention = vaulted?.vaultRetention ?? retentionPolicy;
  const daily = retention?.dailySchedule?.retentionDuration?.count;
  if (vaulted !== undefined && daily !== undefined && vaulted.snapshotRetentionInDays >= daily)
    return "Snapshots are kept for fewer days than backups in the vault.";
  return ofSchedule(schedulePolicy) ?? ofRetention(schedulePolicy, retention, ofFileShares);
}

// https://learn.microsoft.com/azure/backup/backup-sql-server-database-azure-vms and backup-azure-sap-hana-database
function ofDatabases({ subProtectionPolicy: subs = [], workLoadType }: ArmResource): string | undefined {
  const full = subs.find((each: ArmResource) => each.policyType === "Full");
  if (subs.length > 0 && full === undefined) return "A policy has full backups.";
  for (const { policyType, schedulePolicy, retentionPolicy } of subs) {
    const count = retentionPolicy?.retentionDuration?.count;
    if (policyType === "Full") {
      const odd = ofSchedule(schedulePolicy) ?? ofRetention(schedulePolicy, retentionPolicy, longTerm);
      if (odd !== undefined) return odd;
      continue;
    }
    if (policyType === "Incremental" && workLoadType !== "SAPHanaDatabase")
      return "Only SAP HANA has incremental backups.";
    if (count !== undefined && isOutside(count, policyType === "Log" ? [7, 35] : [7, 180]))
      return `${policyType} backups are kept for 7 to ${policyType === "Log" ? 35 : 180} days.`;
    if (policyType === "Log") continue;
    if (full?.schedulePolicy?.scheduleRunFrequency === "Daily") return `${policyType} backups need weekly full ones.`;
    const fullDays: string[] = full?.schedulePolicy?.scheduleRunDays ?? [];
    const sameDay = (schedulePolicy?.scheduleRunDays ?? []).some((day: string) => fullDays.includes(day));
    if (sameDay) return `${policyType} backups are not made on the days of full ones.`;
  }
  return undefined;
}

const timesIn = ({
  scheduleRunTimes,
  dailySchedule,
  weeklySchedule,
  hourlySchedule: hourly,
}: ArmResource): string[] => [
  ...(scheduleRunTimes ?? dailySchedule?.scheduleRunTimes ?? weeklySchedule?.scheduleRunTimes ?? []),
  ...(hourly?.scheduleWindowStartTime === undefined ? [] : [hourly.scheduleWindowStartTime]),
];

const timesOfDay = (times: string[] = []): string[] =>
  times.flatMap((time) => /(?:^|T)(\d{2}:\d{2})/.exec(time)?.[1] ?? []);

function ofSchedule(schedule: ArmResource | undefined): string | undefined {
  if (schedule === undefined) return undefined;
  const { hourlySchedule: hourly, scheduleRunFrequency: frequency } = schedule;
  if (timesIn(schedule).some((time) => !/(^|T)\d{2}:(00|30)/.test(time)))
    return "Backups begin on the hour or half past it.";
  if (frequency !== "Hourly" || hourly === undefined) return undefined;
  const { interval, scheduleWindowDuration: window } = hourly;
  if (![4, 6, 8, 12].includes(interval)) return "Hourly backups are made every 4, 6, 8 or 12 hours.";
  return isOutside(window, [interval, 24]) || window % interval !== 0
    ? "The window of hourly backups is a multiple of their interval, of up to 24 hours."
    : undefined;
}

function ofRetention(schedule: ArmResource | undefined, retention: ArmResource | undefined, limits: Limits) {
  const { dailySchedule, weeklySchedule, monthlySchedule, yearlySchedule } = retention ?? {};
  const frequency = schedule?.scheduleRunFrequency;
  const times = frequency === "Hourly" ? [] : timesOfDay(schedule && timesIn(schedule));
  for (const each of [dailySchedule, weeklySchedule, monthlySchedule, yearlySchedule]) {
    const { count, durationType } = each?.retentionDuration ?? {};
    const range = limits[durationType as keyof Limits];
    if (count !== undefined && range !== undefined && isOutside(count, range))
      return `A retention in ${durationType} is ${range.join(" to ")}.`;
    // As azurerm sent it when only the schedule changed: https://github.com/hashicorp/terraform-provider-azurerm/issues/27444
    const others = timesOfDay(each?.retentionTimes).filter((time) => !times.includes(time));
    if (times.length > 0 && others.length > 0) return "A retention has the time of the schedule.";
  }
  if (frequency === "Weekly" && dailySchedule !== undefined) return "Weekly backups have no daily retention.";
  if (retention !== undefined && frequency === "Weekly" && weeklySchedule === undefined)
    return "Weekly backups have a weekly retention.";
  if (retention !== undefined && (frequency === "Daily" || frequency === "Hourly") && dailySchedule === undefined)
    return "Daily and hourly backups have a daily retention.";
  const days: string[] = schedule?.scheduleRunDays ?? schedule?.weeklySchedule?.scheduleRunDays ?? [];
  const kept: string[] = weeklySchedule?.daysOfTheWeek ?? [];
  if (frequency === "Weekly" && kept.some((day) => !days.includes(day)))
    return "A weekly retention is for days that have a backup.";
  return undefined;
}

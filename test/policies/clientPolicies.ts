import type { WorkloadName } from "../../provider/policies/recoveryServices/workloads.js";

/** What clients of Azure send of policies, nearly all of them of Recovery Services vaults. */

export interface Seen {
  dataSource: WorkloadName;
  properties: object;
  /** The short form in which a program has it. Undefined: only Azure's own form can say it. */
  short: object | undefined;
}

const units = { D: "Days", W: "Weeks", M: "Months", Y: "Years" } as const;
const lasting = (keep: string) => ({
  count: Number.parseInt(keep.slice(1), 10),
  durationType: units[keep.at(-1) as keyof typeof units],
});
export const at = (time: string) => `2018-07-30T${time}:00Z`;

type Which = { on?: string[]; weeks?: string[]; dates?: number[]; last?: true; months?: string[] };
export type Tiers = Partial<Record<"daily" | "weekly" | "monthly" | "yearly", [keep: string, which?: Which]>>;

export function longTerm(time: string | undefined, tiers: Tiers) {
  const schedules = Object.entries(tiers).map(([tier, [keep, which = {}]]) => {
    const { on, weeks, dates = [], last, months } = which;
    const days = [...(last ? [{ date: 0, isLast: true }] : []), ...dates.map((date) => ({ date, isLast: false }))];
    const format =
      days.length > 0
        ? { retentionScheduleFormatType: "Daily", retentionScheduleDaily: { daysOfTheMonth: days } }
        : {
            retentionScheduleFormatType: "Weekly",
            retentionScheduleWeekly: { daysOfTheWeek: on, weeksOfTheMonth: weeks },
          };
    const own =
      tier === "daily"
        ? {}
        : tier === "weekly"
          ? { daysOfTheWeek: on }
          : { ...format, ...(months && { monthsOfYear: months }) };
    const retentionTimes = time === undefined ? [] : [at(time)];
    return [`${tier}Schedule`, { ...own, retentionTimes, retentionDuration: lasting(keep) }];
  });
  return { retentionPolicyType: "LongTermRetentionPolicy", ...Object.fromEntries(schedules) };
}

export const simple = (frequency: "Daily" | "Weekly", time: string, on: string[] = []) => ({
  schedulePolicyType: "SimpleSchedulePolicy",
  scheduleRunFrequency: frequency,
  scheduleRunDays: on,
  scheduleRunTimes: [at(time)],
});
export const hourly = (interval: number, time: string, hours: number) => ({
  scheduleRunFrequency: "Hourly",
  hourlySchedule: { interval, scheduleWindowStartTime: at(time), scheduleWindowDuration: hours },
});

const untiered = { ArchivedRP: { tieringMode: "DoNotTier", duration: 0, durationType: "Invalid" } };

/** What azurerm sends of every policy of virtual machines. */
export const machines = (policyType: "V1" | "V2", schedulePolicy: object, tiers: Tiers, more: object = {}) => ({
  backupManagementType: "AzureIaasVM",
  policyType,
  timeZone: "UTC",
  snapshotConsistencyType: "",
  tieringPolicy: untiered,
  schedulePolicy,
  retentionPolicy: longTerm("23:00", tiers),
  ...more,
});
export const shares = (schedulePolicy: object, more: object) => ({
  backupManagementType: "AzureStorage",
  workLoadType: "AzureFileShare",
  timeZone: "UTC",
  schedulePolicy: { schedulePolicyType: "SimpleSchedulePolicy", ...schedulePolicy },
  ...more,
});
export const databases = (workLoadType: string, settings: object, ...subProtectionPolicy: object[]) => ({
  backupManagementType: "AzureWorkload",
  workLoadType,
  settings: { issqlcompression: false, isCompression: false, ...settings },
  subProtectionPolicy,
});
export const keptFor = (days: number) => ({
  retentionPolicyType: "SimpleRetentionPolicy",
  retentionDuration: { count: days, durationType: "Days" },
});
export const logs = (minutes: number, days: number) => ({
  policyType: "Log",
  schedulePolicy: { schedulePolicyType: "LogSchedulePolicy", scheduleFrequencyInMins: minutes },
  retentionPolicy: keptFor(days),
});

export const v2 = (schedule: object) => ({ schedulePolicyType: "SimpleSchedulePolicyV2", ...schedule });
export const atEleven = { every: "P1D", at: "23:00" };
export const ten: Tiers = { daily: ["P10D"] };
export const someDays = ["Sunday", "Wednesday"];
export const fourDays = ["Sunday", "Wednesday", "Friday", "Saturday"];
export const firstAndLast = ["First", "Last"];
export const tenDates = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
export const twice = ["January", "July"];

/** azurerm's "complete". */
export const complete = (on: string[]): Tiers => ({
  weekly: ["P42W", { on }],
  monthly: ["P7M", { on, weeks: firstAndLast }],
  yearly: ["P77Y", { on, weeks: firstAndLast, months: twice }],
});
export const completeShort = (on: string[]) => [
  { keep: "P7M", of: { daysOfTheWeek: on, weeksOfTheMonth: firstAndLast } },
  { keep: "P77Y", of: { daysOfTheWeek: on, weeksOfTheMonth: firstAndLast, monthsOfYear: twice } },
];
export const onFourDays = { weeklySchedule: { scheduleRunDays: fourDays, scheduleRunTimes: [at("23:00")] } };

const inStore = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };

/** A policy of a Backup vault, of managed disks. */
export function disks(schedule: object, { tag = {}, backup = {} } = {}) {
  const tagInfo = { id: "Default_", tagName: "Default", ...tag };
  const policyRules = [
    {
      objectType: "AzureBackupRule",
      name: "BackupDaily",
      backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
      dataStore: inStore,
      trigger: {
        objectType: "ScheduleBasedTriggerContext",
        schedule: { repeatingTimeIntervals: ["R/2024-01-07T02:00:00+00:00/P1D"], timeZone: "UTC", ...schedule },
        taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo }],
      },
      ...backup,
    },
    {
      objectType: "AzureRetentionRule",
      name: "Default",
      isDefault: true,
      lifecycles: [{ sourceDataStore: inStore, deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" } }],
    },
  ];
  return { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Compute/disks"], policyRules };
}

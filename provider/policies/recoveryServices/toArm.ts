import type { ArmPolicy, ArmRetention, ArmSchedule } from "./armValues.js";
import type { Backup, PolicyContent, Retention, Schedule } from "./content.js";
import { type LogInterval, logIntervals, type WorkloadName, workloads } from "./workloads.js";

/** Azure reads the time of day of it. */
const timeOf = (at: string) => `2020-01-01T${at}:00Z`;

const units = { D: "Days", W: "Weeks", M: "Months", Y: "Years" } as const;

const durationOf = (keep: string) => ({
  count: Number.parseInt(keep.slice(1), 10),
  durationType: units[keep.at(-1) as keyof typeof units],
});

/** The properties as Azure takes them, with every member that its own clients send. */
export function armOf(name: WorkloadName, content: PolicyContent): ArmPolicy {
  const { variant, timeZone, main, also, snapshotDays = 0, isCompression } = content;
  const schedulePolicy = scheduleOf(content, main.schedule);
  // https://github.com/hashicorp/terraform-provider-azurerm: hourly backups of file shares have no times of retention.
  const hasTimes = name !== "AzureFileShare" || main.schedule.windowHours === undefined;
  const retentionPolicy = retentionOf(main, hasTimes);
  const backupManagementType = workloads[name].managementType;
  switch (name) {
    case "VM":
      return {
        backupManagementType,
        policyType: variant === "V2" ? "V2" : "V1",
        timeZone,
        schedulePolicy,
        retentionPolicy,
        instantRpRetentionRangeInDays: snapshotDays,
      };
    case "AzureFileShare": {
      const common = { backupManagementType, workLoadType: name, timeZone, schedulePolicy };
      if (variant === "Snapshot") return { ...common, retentionPolicy };
      return {
        ...common,
        vaultRetentionPolicy: { vaultRetention: retentionPolicy, snapshotRetentionInDays: snapshotDays },
      };
    }
    default:
      return {
        backupManagementType,
        workLoadType: name,
        settings: { timeZone, issqlcompression: isCompression, isCompression },
        subProtectionPolicy: [
          { policyType: "Full", schedulePolicy, retentionPolicy },
          ...also.map(({ type, every, at = "", on, keep }) => ({
            policyType: type,
            schedulePolicy: every
              ? ({
                  schedulePolicyType: "LogSchedulePolicy",
                  scheduleFrequencyInMins: logIntervals[every as LogInterval],
                } as const)
              : scheduleOf(content, { path: "", every: "P1W", at, on }),
            retentionPolicy: {
              retentionPolicyType: "SimpleRetentionPolicy" as const,
              retentionDuration: durationOf(keep),
            },
          })),
        ],
      };
  }
}

function scheduleOf({ variant }: PolicyContent, { every, at, on, windowHours }: Schedule): ArmSchedule {
  const scheduleRunTimes = [timeOf(at)];
  const hourlySchedule = {
    interval: Number.parseInt(every.slice(2), 10),
    scheduleWindowStartTime: timeOf(at),
    scheduleWindowDuration: windowHours ?? 0,
  };
  const frequency = every === "P1D" ? "Daily" : every === "P1W" ? "Weekly" : "Hourly";
  if (variant !== "V2") {
    const schedulePolicyType = "SimpleSchedulePolicy";
    if (frequency === "Hourly") return { schedulePolicyType, scheduleRunFrequency: frequency, hourlySchedule };
    const days = on.length > 0 && { scheduleRunDays: on };
    return { schedulePolicyType, scheduleRunFrequency: frequency, ...days, scheduleRunTimes };
  }
  return {
    schedulePolicyType: "SimpleSchedulePolicyV2",
    scheduleRunFrequency: frequency,
    ...(frequency === "Hourly" && { hourlySchedule }),
    ...(frequency === "Daily" && { dailySchedule: { scheduleRunTimes } }),
    ...(frequency === "Weekly" && { weeklySchedule: { scheduleRunDays: on, scheduleRunTimes } }),
  };
}

function retentionOf({ schedule, retention }: Backup, hasTimes: boolean): ArmRetention {
  const of = (tier: Retention["tier"]) => retention.find((each) => each.tier === tier);
  const kept = ({ keep }: Retention) => ({
    ...(hasTimes && { retentionTimes: [timeOf(schedule.at)] }),
    retentionDuration: durationOf(keep),
  });
  const [daily, weekly, monthly, yearly] = [of("daily"), of("weekly"), of("monthly"), of("yearly")];
  return {
    retentionPolicyType: "LongTermRetentionPolicy",
    ...(daily && { dailySchedule: kept(daily) }),
    ...(weekly && { weeklySchedule: { daysOfTheWeek: weekly.days, ...kept(weekly) } }),
    ...(monthly && { monthlySchedule: { ...formatOf(monthly), ...kept(monthly) } }),
    ...(yearly && { yearlySchedule: { monthsOfYear: yearly.months, ...formatOf(yearly), ...kept(yearly) } }),
  };
}

/** Azure has a format for days of the month, and one for days of its weeks. */
function formatOf({ days, weeks, dates }: Retention) {
  if (dates.length === 0)
    return {
      retentionScheduleFormatType: "Weekly" as const,
      retentionScheduleWeekly: { daysOfTheWeek: days, weeksOfTheMonth: weeks },
    };
  const daysOfTheMonth = dates.map((date) => (date === "Last" ? { date: 0, isLast: true } : { date, isLast: false }));
  return { retentionScheduleFormatType: "Daily" as const, retentionScheduleDaily: { daysOfTheMonth } };
}

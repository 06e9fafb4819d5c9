import type { ArmResource } from "../state/records.js";

const retentionTimes = ["2020-01-01T02:00:00Z"];

const kept = { count: 30, durationType: "Days" };

const dailyFor30Days = {
  retentionPolicyType: "LongTermRetentionPolicy",
  dailySchedule: { retentionTimes, retentionDuration: kept },
};

const startTime = "2020-01-01T08:00:00Z";

const daily = {
  schedulePolicyType: "SimpleSchedulePolicy",
  scheduleRunFrequency: "Daily",
  scheduleRunTimes: retentionTimes,
  scheduleWeeklyFrequency: 0,
};

/** The policies that every vault has from the start, as Azure's portal shows and exports them. */
export function defaultPolicies(vaultId: string): Map<string, ArmResource> {
  const machines = { backupManagementType: "AzureIaasVM", timeZone: "UTC", instantRpRetentionRangeInDays: 2 };
  const all: Record<string, ArmResource> = {
    DefaultPolicy: { ...machines, policyType: "V1", schedulePolicy: daily, retentionPolicy: dailyFor30Days },
    EnhancedPolicy: {
      ...machines,
      policyType: "V2",
      schedulePolicy: {
        schedulePolicyType: "SimpleSchedulePolicyV2",
        scheduleRunFrequency: "Hourly",
        hourlySchedule: { interval: 4, scheduleWindowStartTime: startTime, scheduleWindowDuration: 12 },
      },
      retentionPolicy: {
        ...dailyFor30Days,
        dailySchedule: { retentionTimes: [startTime], retentionDuration: kept },
      },
    },
    HourlyLogBackup: {
      backupManagementType: "AzureWorkload",
      workLoadType: "SQLDataBase",
      settings: { timeZone: "UTC", issqlcompression: false, isCompression: false },
      subProtectionPolicy: [
        { policyType: "Full", schedulePolicy: daily, retentionPolicy: dailyFor30Days },
        {
          policyType: "Log",
          schedulePolicy: { schedulePolicyType: "LogSchedulePolicy", scheduleFrequencyInMins: 60 },
          retentionPolicy: { retentionPolicyType: "SimpleRetentionPolicy", retentionDuration: kept },
        },
      ],
    },
  };
  return new Map(
    Object.entries(all).map(([name, properties]) => [
      name.toLowerCase(),
      {
        id: `${vaultId}/backupPolicies/${name}`,
        name,
        type: "Microsoft.RecoveryServices/vaults/backupPolicies",
        properties: structuredClone(properties),
      },
    ]),
  );
}

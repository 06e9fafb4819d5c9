import type { Input } from "@pulumi/pulumi";

/**
 * What a policy of a Recovery Services vault backs up, by Azure's types of workloads: virtual machines, Azure file shares, and
 * SQL Server, SAP HANA and SAP ASE databases in virtual machines.
 */
export type ProtectionPolicyDataSource = "VM" | "AzureFileShare" | "SQLDataBase" | "SAPHanaDatabase" | "SAPAseDatabase";

type DayOfWeek = "Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday";
type WeekOfMonth = "First" | "Second" | "Third" | "Fourth" | "Last";
type MonthOfYear =
  | "January"
  | "February"
  | "March"
  | "April"
  | "May"
  | "June"
  | "July"
  | "August"
  | "September"
  | "October"
  | "November"
  | "December";
type RetentionDurationType = "Days" | "Weeks" | "Months" | "Years";

export interface ProtectionPolicySchedule {
  /**
   * How often: `P1D` is daily, `P1W` weekly. Hours are for `AzureFileShare`, and for `VM` with `policyType` `V2`. File shares
   * are not backed up weekly.
   */
  every: Input<"PT4H" | "PT6H" | "PT8H" | "PT12H" | "P1D" | "P1W">;
  /**
   * The time of day, such as `02:00`, in `timeZone`, on the hour or half past it. With hours as interval, the first backup of
   * the day.
   */
  at: Input<string>;
  /** The days of a weekly backup, such as `["Sunday"]`. Required with `P1W`, and for nothing else. */
  on?: Input<Input<DayOfWeek>[]>;
  /** The name that Windows has for a time zone, such as `W. Europe Standard Time`. @default `UTC` */
  timeZone?: Input<string>;
  /**
   * Of hourly backups: over how many hours of a day from `at`, from `PT4H` to `PT24H`, a multiple of the interval.
   * @default `PT24H`
   */
  windowDuration?: Input<string>;
}

export interface ProtectionPolicyRetention {
  /**
   * How long: days for all backups (weeks with a weekly schedule), weeks for backups of days of the week, months for those of a
   * month, years for those of a year. Such as `P30D`, `P12W`, `P12M` and `P10Y`.
   */
  keep: Input<string>;
  /** Which backups. Without it, the entry is for all backups. */
  of?: Input<ProtectionPolicyRetentionOf>;
}

/**
 * Which backups an entry keeps: the days of a week alone for weeks; with the weeks of a month, or the days of a month, for
 * months; with the months of a year besides, for years.
 */
export interface ProtectionPolicyRetentionOf {
  /** The backups of these days. */
  daysOfTheWeek?: Input<Input<DayOfWeek>[]>;
  /** The backups of these weeks of a month, on `daysOfTheWeek`. */
  weeksOfTheMonth?: Input<Input<WeekOfMonth>[]>;
  /** The backups of these days of a month, from 1 to 28. */
  daysOfTheMonth?: Input<Input<number>[]>;
  /** The backup of the last day of a month. @default false */
  lastDayOfTheMonth?: Input<boolean>;
  /** The backups of these months. */
  monthsOfYear?: Input<Input<MonthOfYear>[]>;
}

/** Differential or incremental backups of a database, besides weekly full ones. */
export interface ProtectionPolicyBackups {
  /** Their days, which are not those of the full backups. */
  on: Input<Input<DayOfWeek>[]>;
  /** The time of day, in the schedule's time zone, on the hour or half past it. */
  at: Input<string>;
  /** For how many days, from `P7D` to `P180D`. */
  keep: Input<string>;
}

/** Backups of a database's transaction log. */
export interface ProtectionPolicyLogBackups {
  /** How often. */
  every: Input<"PT15M" | "PT30M" | "PT1H" | "PT2H" | "PT4H" | "PT8H" | "PT12H" | "P1D">;
  /** For how many days, from `P7D` to `P35D`. */
  keep: Input<string>;
}

/**
 * The properties of a policy in Azure's own form.
 * https://learn.microsoft.com/rest/api/backup/protection-policies/create-or-update
 */
export interface ProtectionPolicyProperties {
  /** Says which of the other members it has. */
  backupManagementType: Input<"AzureIaasVM" | "AzureStorage" | "AzureWorkload">;
  /** `AzureFileShare`, `SQLDataBase`, `SAPHanaDatabase` or `SAPAseDatabase`. */
  workLoadType?: Input<string>;
  /** Of virtual machines: standard or enhanced. @default `V1` */
  policyType?: Input<"V1" | "V2">;
  /** Of databases. @default `Streaming` */
  vmWorkloadPolicyType?: Input<"Streaming">;
  /** The name that Windows has for a time zone. Databases have it in `settings`. */
  timeZone?: Input<string>;
  /** When backups are made. Databases have it in `subProtectionPolicy`. */
  schedulePolicy?: Input<ProtectionSchedulePolicy>;
  /** How long backups are kept. Databases have it in `subProtectionPolicy`. */
  retentionPolicy?: Input<ProtectionRetentionPolicy>;
  /** Of file shares whose backups are stored in the vault, instead of `retentionPolicy`. */
  vaultRetentionPolicy?: Input<{
    /** How long backups are kept in the vault. */
    vaultRetention: Input<ProtectionRetentionPolicy>;
    /** For how many days snapshots are kept next to the share. */
    snapshotRetentionInDays: Input<number>;
  }>;
  /** Of virtual machines: for how many days snapshots are kept. */
  instantRpRetentionRangeInDays?: Input<number>;
  /** The resource groups in which snapshots of virtual machines are kept. */
  instantRPDetails?: Input<{
    /** Their names begin with it. */
    azureBackupRGNamePrefix?: Input<string>;
    /** Their names end with it. */
    azureBackupRGNameSuffix?: Input<string>;
  }>;
  /** Of virtual machines with `policyType` `V2`: snapshots that are consistent only as after a crash. */
  snapshotConsistencyType?: Input<"OnlyCrashConsistent">;
  /** When recovery points move to the archive tier. */
  tieringPolicy?: Input<ProtectionTieringPolicy>;
  /** Of databases. */
  settings?: Input<{
    /** The name that Windows has for a time zone. */
    timeZone?: Input<string>;
    /** The older name of `isCompression`. */
    issqlcompression?: Input<boolean>;
    /** Whether backups are compressed. */
    isCompression?: Input<boolean>;
  }>;
  /** Of databases: one entry for each type of backup. */
  subProtectionPolicy?: Input<
    Input<{
      /** The type of backup. */
      policyType: Input<"Full" | "Differential" | "Incremental" | "Log">;
      /** When backups are made. */
      schedulePolicy: Input<ProtectionSchedulePolicy>;
      /** How long they are kept. */
      retentionPolicy: Input<ProtectionRetentionPolicy>;
      /** When recovery points move to the archive tier. */
      tieringPolicy?: Input<ProtectionTieringPolicy>;
    }>[]
  >;
}

export interface ProtectionSchedulePolicy {
  /** `SimpleSchedulePolicyV2` is for virtual machines with `policyType` `V2`, `LogSchedulePolicy` for logs of databases. */
  schedulePolicyType: Input<"SimpleSchedulePolicy" | "SimpleSchedulePolicyV2" | "LogSchedulePolicy">;
  /** How often. */
  scheduleRunFrequency?: Input<"Hourly" | "Daily" | "Weekly">;
  /** The days of a weekly backup. */
  scheduleRunDays?: Input<Input<DayOfWeek>[]>;
  /** One time such as `2020-01-01T02:00:00Z`, of which the time of day counts, in the policy's time zone. */
  scheduleRunTimes?: Input<Input<string>[]>;
  /** Of hourly backups. */
  hourlySchedule?: Input<{
    /** Every so many hours: 4, 6, 8 or 12. */
    interval?: Input<number>;
    /** The first backup of the day. */
    scheduleWindowStartTime?: Input<string>;
    /** Over how many hours of the day. */
    scheduleWindowDuration?: Input<number>;
  }>;
  /** Of daily backups in a `SimpleSchedulePolicyV2`. */
  dailySchedule?: Input<{
    /** One time, as above. */
    scheduleRunTimes?: Input<Input<string>[]>;
  }>;
  /** Of weekly backups in a `SimpleSchedulePolicyV2`. */
  weeklySchedule?: Input<{
    /** The days. */
    scheduleRunDays?: Input<Input<DayOfWeek>[]>;
    /** One time, as above. */
    scheduleRunTimes?: Input<Input<string>[]>;
  }>;
  /** Azure shows it and does not use it. */
  scheduleWeeklyFrequency?: Input<number>;
  /** Of log backups: 15, 30, 60, 120, 240, 480, 720 or 1440 minutes. */
  scheduleFrequencyInMins?: Input<number>;
}

export interface ProtectionRetentionPolicy {
  /** `SimpleRetentionPolicy` is for differential, incremental and log backups of databases. */
  retentionPolicyType: Input<"LongTermRetentionPolicy" | "SimpleRetentionPolicy">;
  /** The backups of each day. */
  dailySchedule?: Input<{
    /** The schedule's time. */
    retentionTimes?: Input<Input<string>[]>;
    /** In days. */
    retentionDuration: Input<ProtectionRetentionDuration>;
  }>;
  /** The backups of days of the week. */
  weeklySchedule?: Input<{
    /** The schedule's time. */
    retentionTimes?: Input<Input<string>[]>;
    /** In weeks. */
    retentionDuration: Input<ProtectionRetentionDuration>;
    /** The days. */
    daysOfTheWeek: Input<Input<DayOfWeek>[]>;
  }>;
  /** The backups of days of a month. */
  monthlySchedule?: Input<{
    /** The schedule's time. */
    retentionTimes?: Input<Input<string>[]>;
    /** In months. */
    retentionDuration: Input<ProtectionRetentionDuration>;
    /** `Daily`: days of the month. `Weekly`: days of its weeks. */
    retentionScheduleFormatType: Input<"Daily" | "Weekly">;
    /** With the format `Daily`. */
    retentionScheduleDaily?: Input<ProtectionDaysOfMonth>;
    /** With the format `Weekly`. */
    retentionScheduleWeekly?: Input<ProtectionDaysOfWeeks>;
  }>;
  /** The backups of days of a year. */
  yearlySchedule?: Input<{
    /** The schedule's time. */
    retentionTimes?: Input<Input<string>[]>;
    /** In years. */
    retentionDuration: Input<ProtectionRetentionDuration>;
    /** `Daily`: days of the month. `Weekly`: days of its weeks. */
    retentionScheduleFormatType: Input<"Daily" | "Weekly">;
    /** With the format `Daily`. */
    retentionScheduleDaily?: Input<ProtectionDaysOfMonth>;
    /** With the format `Weekly`. */
    retentionScheduleWeekly?: Input<ProtectionDaysOfWeeks>;
    /** The months. */
    monthsOfYear: Input<Input<MonthOfYear>[]>;
  }>;
  /** Of a `SimpleRetentionPolicy`. */
  retentionDuration?: Input<ProtectionRetentionDuration>;
}

export interface ProtectionRetentionDuration {
  /** How many. */
  count: Input<number>;
  /** Of what. */
  durationType: Input<RetentionDurationType>;
}

export interface ProtectionDaysOfMonth {
  /** The days. */
  daysOfTheMonth?: Input<
    Input<{
      /** From 1 to 28. */
      date?: Input<number>;
      /** The last day of the month. */
      isLast?: Input<boolean>;
    }>[]
  >;
}

export interface ProtectionDaysOfWeeks {
  /** The days. */
  daysOfTheWeek?: Input<Input<DayOfWeek>[]>;
  /** Of these weeks of a month. */
  weeksOfTheMonth?: Input<Input<WeekOfMonth>[]>;
}

/** https://learn.microsoft.com/azure/backup/archive-tier-support */
export interface ProtectionTieringPolicy {
  /** The archive tier. */
  ArchivedRP?: Input<{
    /** What moves: what Azure recommends, all after `duration`, or nothing. */
    tieringMode: Input<"TierRecommended" | "TierAfter" | "DoNotTier">;
    /** With `TierAfter`. */
    duration?: Input<number>;
    /** The unit of `duration`. Azure shows `Invalid` where there is none. */
    durationType?: Input<RetentionDurationType | "Invalid">;
  }>;
}

import type { Input } from "@pulumi/pulumi";

/**
 * What a policy backs up, by the names of az and Az.DataProtection. `AzureDatabaseForMySQL` is for flexible servers.
 * https://learn.microsoft.com/azure/backup/backup-vault-overview
 */
export type PolicyDataSource =
  | "AzureDisk"
  | "AzureBlob"
  | "AzureDataLakeStorage"
  | "AzureKubernetesService"
  | "AzureDatabaseForPostgreSQLFlexibleServer"
  | "AzureDatabaseForMySQL";

/** `OperationalStore`: next to the data source. `VaultStore`: in the vault. `ArchiveStore`: in its archive tier. */
export type PolicyDataStore = "OperationalStore" | "VaultStore" | "ArchiveStore";

export interface PolicySchedule {
  /**
   * How often: `P1D` is daily, `P1W` weekly. `AzureDisk` takes `PT1H`, `PT2H`, `PT4H`, `PT6H`, `PT8H`, `PT12H` and `P1D`;
   * `AzureKubernetesService` `PT4H`, `PT6H`, `PT8H`, `PT12H` and `P1D`; `AzureBlob` and `AzureDataLakeStorage` `P1D` and
   * `P1W`; the databases `P1W`.
   */
  every: Input<"PT1H" | "PT2H" | "PT4H" | "PT6H" | "PT8H" | "PT12H" | "P1D" | "P1W">;
  /** The time of day, such as `02:00`, in `timeZone`. With hours as interval, the first backup of the day. */
  at: Input<string>;
  /** The days of a weekly backup, such as `["Sunday"]`. Required with `P1W`, and for nothing else. */
  on?: Input<Input<"Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday">[]>;
  /** The name that Windows has for a time zone, such as `W. Europe Standard Time`. @default `UTC` */
  timeZone?: Input<string>;
}

export interface PolicyRetention {
  /** How long: a number of days, weeks, months or years, such as `P30D`, `P12W`, `P6M` or `P10Y`. */
  keep: Input<string>;
  /**
   * The first successful backup of each day, week, month or year. Without it, the entry is for all backups that no other
   * entry is for.
   */
  of?: Input<"FirstOfDay" | "FirstOfWeek" | "FirstOfMonth" | "FirstOfYear">;
  /**
   * Where these backups are kept. For `AzureKubernetesService`, `VaultStore` keeps a copy there besides the snapshot. For
   * `AzureBlob`, `OperationalStore` is continuous backup.
   * @default the store that the schedule backs up to; without a schedule, `OperationalStore`
   */
  store?: Input<PolicyDataStore>;
}

/**
 * A rule of a policy in Azure's own form: one that makes backups (`AzureBackupRule`), or one that keeps them
 * (`AzureRetentionRule`).
 * https://learn.microsoft.com/rest/api/dataprotection/backup-policies/create-or-update
 */
export interface PolicyRule {
  /** Says which of the other members it has. */
  objectType: Input<"AzureBackupRule" | "AzureRetentionRule">;
  /** The rule's name, to which the tags of a backup rule refer. */
  name: Input<string>;
  /** Of a backup rule. */
  backupParameters?: Input<{
    /** The only value. */
    objectType: Input<"AzureBackupParams">;
    /** What it can be depends on the data source. */
    backupType: Input<"Incremental" | "Full" | "Discrete">;
  }>;
  /** Of a backup rule: where its backups are stored first. */
  dataStore?: Input<PolicyDataStoreInfo>;
  /** Of a backup rule: when it makes a backup, and which retention rule that gets. */
  trigger?: Input<PolicyTrigger>;
  /** Of a retention rule: it keeps what no other rule is for. @default false */
  isDefault?: Input<boolean>;
  /** Of a retention rule: how long backups stay in each store. */
  lifecycles?: Input<Input<PolicyLifecycle>[]>;
}

export interface PolicyDataStoreInfo {
  /** The only value. */
  objectType: Input<"DataStoreInfoBase">;
  /** The store. */
  dataStoreType: Input<PolicyDataStore>;
}

export interface PolicyTrigger {
  /** The only value. */
  objectType: Input<"ScheduleBasedTriggerContext">;
  /** When backups are made. */
  schedule: Input<{
    /** Such as `R/2024-01-07T02:00:00+00:00/P1D`. */
    repeatingTimeIntervals: Input<Input<string>[]>;
    /** The name that Windows has for a time zone, or an offset such as `+05:30`. */
    timeZone?: Input<string>;
  }>;
  /** Which backups get which tag. */
  taggingCriteria: Input<Input<PolicyTag>[]>;
}

/** Which backups a retention rule is for. */
export interface PolicyTag {
  /** Whether it is the tag of all backups that get no other. */
  isDefault: Input<boolean>;
  /** Of several tags of a backup, the lowest number decides. */
  taggingPriority: Input<number>;
  /** The tag. */
  tagInfo: Input<{
    /** @default the tag's name and an underscore */
    id?: Input<string>;
    /** The name of the retention rule. */
    tagName: Input<string>;
  }>;
  /** Which backups get the tag. */
  criteria?: Input<Input<PolicyCriteria>[]>;
}

export interface PolicyCriteria {
  /** The only value. */
  objectType: Input<"ScheduleBasedBackupCriteria">;
  /** The first backups of a period, or all. */
  absoluteCriteria?: Input<Input<"AllBackup" | "FirstOfDay" | "FirstOfWeek" | "FirstOfMonth" | "FirstOfYear">[]>;
  /** The backups of these days. */
  daysOfTheWeek?: Input<Input<"Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday">[]>;
  /** The backups of these weeks of a month. */
  weeksOfTheMonth?: Input<Input<"First" | "Second" | "Third" | "Fourth" | "Last">[]>;
  /** The backups of these months. */
  monthsOfYear?: Input<
    Input<
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
      | "December"
    >[]
  >;
  /** The backups of these days of a month. */
  daysOfMonth?: Input<
    Input<{
      /** The day. */
      date?: Input<number>;
      /** The last day of the month. */
      isLast?: Input<boolean>;
    }>[]
  >;
  /** The backups of these times. */
  scheduleTimes?: Input<Input<string>[]>;
}

export interface PolicyLifecycle {
  /** The store in which the backups are. */
  sourceDataStore: Input<PolicyDataStoreInfo>;
  /** How long they stay in it. */
  deleteAfter: Input<{
    /** The only value. */
    objectType: Input<"AbsoluteDeleteOption">;
    /** Such as `P30D`. */
    duration: Input<string>;
  }>;
  /** The stores to which the backups are copied. */
  targetDataStoreCopySettings?: Input<
    Input<{
      /** When. */
      copyAfter: Input<{
        /** At once, when they expire, or after `duration`. */
        objectType: Input<"ImmediateCopyOption" | "CopyOnExpiryOption" | "CustomCopyOption">;
        /** Of a `CustomCopyOption`. */
        duration?: Input<string>;
      }>;
      /** To which store. */
      dataStore: Input<PolicyDataStoreInfo>;
    }>[]
  >;
}

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
  name: Input<string>;
  /** Of a backup rule. */
  backupParameters?: Input<{
    objectType: Input<"AzureBackupParams">;
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
  objectType: Input<"DataStoreInfoBase">;
  dataStoreType: Input<PolicyDataStore>;
}

export interface PolicyTrigger {
  objectType: Input<"ScheduleBasedTriggerContext">;
  schedule: Input<{
    /** Such as `R/2024-01-07T02:00:00+00:00/P1D`. */
    repeatingTimeIntervals: Input<Input<string>[]>;
    /** The name that Windows has for a time zone. */
    timeZone?: Input<string>;
  }>;
  taggingCriteria: Input<Input<PolicyTag>[]>;
}

/** Which backups a retention rule is for. */
export interface PolicyTag {
  isDefault: Input<boolean>;
  /** Of several tags of a backup, the lowest number decides. */
  taggingPriority: Input<number>;
  tagInfo: Input<{
    /** @default the tag's name and an underscore */
    id?: Input<string>;
    /** The name of the retention rule. */
    tagName: Input<string>;
  }>;
  criteria?: Input<Input<PolicyCriteria>[]>;
}

export interface PolicyCriteria {
  objectType: Input<"ScheduleBasedBackupCriteria">;
  absoluteCriteria?: Input<Input<"AllBackup" | "FirstOfDay" | "FirstOfWeek" | "FirstOfMonth" | "FirstOfYear">[]>;
  daysOfTheWeek?: Input<Input<"Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday">[]>;
  weeksOfTheMonth?: Input<Input<"First" | "Second" | "Third" | "Fourth" | "Last">[]>;
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
  daysOfMonth?: Input<Input<{ date?: Input<number>; isLast?: Input<boolean> }>[]>;
  scheduleTimes?: Input<Input<string>[]>;
}

export interface PolicyLifecycle {
  sourceDataStore: Input<PolicyDataStoreInfo>;
  deleteAfter: Input<{
    objectType: Input<"AbsoluteDeleteOption">;
    /** Such as `P30D`. */
    duration: Input<string>;
  }>;
  targetDataStoreCopySettings?: Input<
    Input<{
      copyAfter: Input<{
        objectType: Input<"ImmediateCopyOption" | "CopyOnExpiryOption" | "CustomCopyOption">;
        /** Of a `CustomCopyOption`. */
        duration?: Input<string>;
      }>;
      dataStore: Input<PolicyDataStoreInfo>;
    }>[]
  >;
}

import type { ResourceGuardOperationDetail } from "../resources/types.js";

/** A backup policy of a vault. */
export interface PolicyOverview {
  /** The policy's name. */
  policyName: string;
  /** What it is for, as this package's policies name it, such as `AzureDisk` or `VM`; otherwise Azure's type. */
  dataSource: string;
  /** When backups are made. Empty for continuous backup. Absent if `unrecognized` is set. */
  schedules?: ScheduleOverview[];
  /** How long backups are kept. Absent if `unrecognized` is set. */
  retention?: RetentionOverview[];
  /** Why this version cannot tell what the policy does. */
  unrecognized?: string;
  /** How many backup instances or items use it. Absent if they could not be read. */
  usedBy?: number;
}

export interface ScheduleOverview {
  /** Azure's type of the backup, such as `Incremental`, `Full` or `Log`. Absent if there is only one. */
  backupType?: string;
  /** The interval, such as `P1D`. Absent where days say it. */
  every?: string;
  /** The time of day, such as `02:00`. */
  at?: string;
  /** The days of a weekly backup. */
  on?: string[];
  /** The time zone of `at`: its Windows name, or an offset such as `+01:00`. */
  timeZone?: string;
}

export interface RetentionOverview {
  /** Which backups are kept: the name of the rule, such as `Default`, `Weekly` or `daily`. */
  rule: string;
  /** Where: `OperationalStore`, next to the source; `VaultStore`, or `ArchiveStore`. */
  store: string;
  /** For how long, such as `P30D`. */
  keep: string;
}

/** What a backup instance or protected item backs up. */
export interface DataSourceOverview {
  /** The name of the instance or item that people read. */
  dataSourceName: string;
  /** Azure's type, such as `Microsoft.Compute/disks`. */
  type: string;
  /** Azure's protection state, such as `ProtectionConfigured`; `SoftDeleted` if soft delete keeps its backups. */
  state: string;
  /** The ARM ID of what is backed up. */
  dataSourceId?: string;
  /** The name of the policy that it uses. */
  policyName?: string;
  /**
   * When its newest successful backup was made: ISO 8601, in UTC. Absent if none is known; of a Backup vault, that is none among
   * the jobs that Azure still lists, and continuous backup has no jobs.
   */
  lastBackup?: string;
  /** How its last backup ended or is going, such as `Completed`, `Failed` or `InProgress`. */
  lastBackupStatus?: string;
  /** Azure's message about what is wrong with its protection. */
  protectionError?: string;
  /** When soft delete took it: ISO 8601, in UTC. */
  deletedAt?: string;
  /** Until when soft delete keeps its backups: ISO 8601, in UTC. */
  purgedAt?: string;
}

/** A resource guard that protects a vault. */
export interface ResourceGuardOverview {
  /** The guard's ARM ID. */
  resourceGuardId: string;
  /** What it protects on this vault. */
  operations: ResourceGuardOperationDetail[];
  /**
   * Who can give the consent: the principals with a role that may assign roles on the guard. Only active assignments of Owner, User
   * Access Administrator and Role Based Access Control Administrator are seen. Absent if they could not be read.
   */
  administrators?: ResourceGuardAdministrator[];
}

export interface ResourceGuardAdministrator {
  /** The object ID of the user, group or service principal. */
  principalId: string;
  /** `User`, `Group` or `ServicePrincipal`. */
  principalType?: string;
  /** The name of the role. */
  role: string;
}

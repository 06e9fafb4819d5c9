import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type { BackupVault } from "./backupVault.js";
import type { AutoProtectionSettings, BackupConfiguration, IdentityDetails } from "./instanceTypes.js";
import type { Timeouts } from "./types.js";
import { idOf } from "./vaultArgument.js";

/**
 * What a backup instance backs up, by the names of az and Az.DataProtection. `AzureDatabaseForMySQL` is for flexible servers.
 * https://learn.microsoft.com/azure/backup/backup-vault-overview
 */
export type InstanceDataSource =
  | "AzureDisk"
  | "AzureBlob"
  | "AzureDataLakeStorage"
  | "AzureKubernetesService"
  | "AzureDatabaseForPostgreSQLFlexibleServer"
  | "AzureDatabaseForMySQL";

/** The arguments of a backup instance. */
export interface BackupInstanceArgs {
  /** A `BackupVault`, or the ARM ID of one. Another vault needs another instance. */
  vault: BackupVault | Input<string>;
  /** 3 to 200 letters, digits, periods, underscores and hyphens. Another name needs another instance. */
  instanceName: Input<string>;
  /** What kind of data source it is. Another kind needs another instance. */
  dataSource: Input<InstanceDataSource>;
  /**
   * The ARM ID of what is backed up, in the vault's region: a disk, a storage account, an AKS cluster or a server. A data source has one backup
   * instance, whichever vault that is in. Another one needs another instance.
   */
  dataSourceId: Input<string>;
  /** The ARM ID of a backup policy of the same vault: `policyId` of a `BackupPolicy`. Changed in place. */
  policyId: Input<string>;
  /**
   * The ARM ID of the resource group in which Azure Backup keeps the snapshots. Required for `AzureDisk` and
   * `AzureKubernetesService`. Azure cannot change it: https://learn.microsoft.com/azure/backup/backup-managed-disks
   */
  snapshotResourceGroupId?: Input<string>;
  /**
   * The names of the containers that are backed up, at most 100. This or `autoProtectionSettings` is required for
   * `AzureDataLakeStorage`, and for `AzureBlob` with a policy for backups in the vault; continuous backup of `AzureBlob` is of all
   * containers. Changed in place.
   */
  containers?: Input<Input<string>[]>;
  /**
   * Instead of `containers`: all containers of the storage account are backed up in the vault, also those that it gets later,
   * except those that a rule leaves out. For `AzureBlob` and `AzureDataLakeStorage`. Changed in place.
   */
  autoProtectionSettings?: Input<AutoProtectionSettings>;
  /**
   * What of a cluster is backed up, for `AzureKubernetesService`. Changed in place, for later backups; without it, an existing
   * instance keeps what it has. https://learn.microsoft.com/cli/azure/dataprotection/backup-instance#az-dataprotection-backup-instance-update
   * @default everything, with snapshots of the volumes
   */
  backupConfiguration?: Input<BackupConfiguration>;
  /**
   * The identity of the vault with which Azure Backup accesses the data source. Its roles are those that are looked at and granted.
   * Changed in place.
   * @default the vault's system-assigned identity
   */
  identityDetails?: Input<IdentityDetails>;
  /** The name that Azure's portal shows. @default the name of the data source */
  friendlyName?: Input<string>;
  /** The instance's tags, managed as a whole. Without the argument, an existing instance keeps those that it has. Changed in place. */
  tags?: Input<{ [name: string]: Input<string> }>;
  /**
   * Grant the vault's identity the roles that it lacks for backup, each at the smallest scope. For `AzureDisk`, these
   * are Disk Backup Reader on the disk and Disk Snapshot Contributor on `snapshotResourceGroupId`; for storage accounts, Storage
   * Account Backup Contributor; for databases, Reader on the server's group, and on the server PostgreSQL Flexible Server Long Term
   * Retention Backup Role or MySQL Backup And Export Operator. For `AzureKubernetesService`, these are Reader on the cluster and on
   * `snapshotResourceGroupId`, on which the cluster's identity also gets Contributor, and a trusted access role binding in the
   * cluster; with a policy that copies backups into the vault, Disk Snapshot Contributor and Data Operator for Managed Disks on
   * `snapshotResourceGroupId`. Roles on the storage account of the cluster's backup extension are looked at, but not granted: the
   * program does not name that account. What was granted is revoked when the instance is deleted and no other instance of the vault
   * needs it. Without `grantRoles`, a missing role is an error before anything is sent.
   * @default false
   */
  grantRoles?: Input<boolean>;
  /**
   * The ARM IDs of requests to the vault's resource guard, `{guard}/dppModifyPolicy/default` for another policy. Azure asks the guard
   * once more for each change, and keeps none of them. What the removal of the instance needs is sent automatically.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
  /**
   * Whether the source is backed up. `stopProtectionRetainData` stops backup and keeps every recovery point; `suspend` stops it and
   * keeps them by the policy's retention. Nothing is deleted, and without the argument, backup is resumed. What else
   * the program changes meanwhile takes effect then. Of an instance that does not exist, there is nothing to stop.
   * @default `protect`
   */
  protection?: Input<"protect" | "stopProtectionRetainData" | "suspend">;
  /**
   * What happens when the resource is removed from the program. Only `delete` loses backups: the vault's soft delete keeps them
   * for its retention, and an immutable vault refuses to delete them before they expire. `stopProtectionRetainData` keeps every
   * recovery point for good, `suspend` keeps them by the policy's retention; the instance then stays in the vault. What state
   * records counts, so a change needs a `pulumi up` before the removal. A replacement needs `delete`, and so does the removal
   * of an instance whose policy keeps blobs in their own storage account: Azure does not stop it.
   * @default `stopProtectionRetainData`
   */
  onDelete?: Input<"delete" | "stopProtectionRetainData" | "suspend">;
  /**
   * Take over an instance of this name that exists, and resume its backup. Otherwise, an existing instance is an error.
   * @default false
   */
  adopt?: Input<boolean>;
  /**
   * Bring back the soft-deleted instance of this name and data source, with its backups, and resume its backup. If there is none, a
   * new instance is created. It has no effect on an instance that exists.
   * @default false
   */
  undelete?: Input<boolean>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes, but `permission` to 10. */
  timeouts?: Input<Timeouts>;
}

/**
 * A backup instance of a Backup vault (`Microsoft.DataProtection/backupVaults/backupInstances`): one data source that is backed up
 * by a policy. Its creation ends when Azure reports the data source as protected. It is neither replaced nor deleted unless
 * `onDelete` is `delete`.
 *
 * @example
 * ```ts
 * const disk = new BackupInstance("disk", {
 *   vault,
 *   instanceName: "disk-payroll",
 *   dataSource: "AzureDisk",
 *   dataSourceId: payrollDisk.id,
 *   policyId: daily.policyId,
 *   snapshotResourceGroupId: snapshots.id,
 * });
 * ```
 */
export class BackupInstance extends AzureBackupResource {
  /** The instance's ARM ID. */
  declare readonly instanceId: Output<string>;
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly instanceName: Output<string>;
  declare readonly dataSource: Output<string>;
  declare readonly dataSourceId: Output<string>;
  declare readonly policyId: Output<string>;
  /**
   * Azure's state of the protection, such as `ProtectionConfigured`. If it was stopped or suspended outside of the program, a
   * refresh shows it, and the next `pulumi up` resumes it.
   */
  declare readonly protectionState: Output<string>;
  /** The ARM IDs of what `grantRoles` created: role assignments, and a trusted access role binding. Undefined if there are none. */
  declare readonly grantedRoles: Output<string[] | undefined>;

  constructor(name: string, args: BackupInstanceArgs, opts?: CustomResourceOptions) {
    const inputs = { ...args, vault: idOf(args.vault) };
    super("BackupInstance", "backupInstance", outputs, name, inputs, opts);
  }
}

const outputs = [
  "instanceId",
  "vault",
  "instanceName",
  "dataSource",
  "dataSourceId",
  "policyId",
  "protectionState",
  "grantedRoles",
];

import type { Input } from "@pulumi/pulumi";
import type { BackupInstanceArgs, InstanceDataSource } from "./backupInstance.js";
import type { BackupPolicyArgs } from "./backupPolicy.js";
import type { BackupVaultArgs } from "./backupVault.js";
import type { ProtectedItemArgs } from "./protectedItem.js";
import type { RecoveryServicesBackupPolicyArgs } from "./recoveryServicesBackupPolicy.js";
import type { RecoveryServicesVaultArgs } from "./recoveryServicesVault.js";
import type { VaultIdentity } from "./types.js";
import type { VaultArgument } from "./vaultArgument.js";

/** What a `ProtectedWorkload` backs up: a data source of a backup instance or, with a Recovery Services vault, of a protected item. */
export type WorkloadDataSource = InstanceDataSource | ItemDataSource;

export type ItemDataSource = "VM" | "AzureFileShare";

/** A Backup vault that a `ProtectedWorkload` creates: the arguments of a `BackupVault`. */
export interface WorkloadVault extends BackupVaultArgs {
  /**
   * The vault's managed identities. The system-assigned one makes the backups.
   * @default the system-assigned identity
   */
  identity?: Input<VaultIdentity>;
}

/** A policy of a Backup vault that a `ProtectedWorkload` creates: the arguments of a `BackupPolicy`. */
export interface WorkloadPolicy extends Omit<BackupPolicyArgs, WorkloadArgument> {}

/** What a `ProtectedWorkload` backs up in a Backup vault: the arguments of a `BackupInstance`. */
export interface WorkloadInstance extends Omit<BackupInstanceArgs, WorkloadArgument> {
  /**
   * Grant what the backup lacks, as `grantRoles` of a `BackupInstance` does, and revoke it with the instance. With `false`, a
   * missing role is an error before anything is sent.
   * @default true
   */
  grantRoles?: Input<boolean>;
}

/** A Recovery Services vault that a `ProtectedWorkload` creates: the arguments of a `RecoveryServicesVault`. */
export interface WorkloadRecoveryServicesVault extends RecoveryServicesVaultArgs {}

/**
 * A policy of a Recovery Services vault that a `ProtectedWorkload` creates: the arguments of a `RecoveryServicesBackupPolicy`.
 */
export interface WorkloadRecoveryServicesPolicy extends Omit<RecoveryServicesBackupPolicyArgs, WorkloadArgument> {}

/** What a `ProtectedWorkload` backs up in a Recovery Services vault: the arguments of a `ProtectedItem`. */
export interface WorkloadItem extends Omit<ProtectedItemArgs, WorkloadArgument> {}

/** What the component itself hands to each of its resources. */
type WorkloadArgument = "vault" | "policyId" | "dataSource";

/** The arguments of a protected workload. */
export interface ProtectedWorkloadArgs {
  /**
   * What kind of data source it is, for the policy and for what is backed up: no output. Another kind needs another workload.
   */
  dataSource: WorkloadDataSource;
  /**
   * An existing vault of either kind, or the ARM ID of one. Otherwise, set `backupVault` or `recoveryServicesVault`.
   */
  vault?: VaultArgument;
  /** A Backup vault to create, for `backupInstance`. */
  backupVault?: WorkloadVault;
  /** A Recovery Services vault to create, for `protectedItem`. */
  recoveryServicesVault?: WorkloadRecoveryServicesVault;
  /**
   * The ARM ID of an existing policy of the vault: `policyId` of a `BackupPolicy` or a `RecoveryServicesBackupPolicy`. Otherwise, set
   * `backupPolicy` or `recoveryServicesBackupPolicy`.
   */
  policyId?: Input<string>;
  /** A policy to create in a Backup vault, for `backupInstance`. */
  backupPolicy?: WorkloadPolicy;
  /** A policy to create in a Recovery Services vault, for `protectedItem`. */
  recoveryServicesBackupPolicy?: WorkloadRecoveryServicesPolicy;
  /**
   * What is backed up in a Backup vault, and what becomes of its backups when it is removed from the program. Set either this or
   * `protectedItem`.
   */
  backupInstance?: WorkloadInstance;
  /**
   * What is backed up in a Recovery Services vault, and what becomes of its backups when it is removed from the program. Set either
   * this or `backupInstance`.
   */
  protectedItem?: WorkloadItem;
}

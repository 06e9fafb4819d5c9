import type { Input } from "@pulumi/pulumi";
import type { BackupInstanceArgs, InstanceDataSource } from "./backupInstance.js";
import type { BackupPolicyArgs } from "./backupPolicy.js";
import type { BackupVault, BackupVaultArgs } from "./backupVault.js";
import type { VaultIdentity } from "./types.js";

/** A vault that a `ProtectedWorkload` creates: the arguments of a `BackupVault`. */
export interface WorkloadVault extends BackupVaultArgs {
  /**
   * The vault's managed identities. The system-assigned one makes the backups.
   * @default the system-assigned identity
   */
  identity?: Input<VaultIdentity>;
}

/** A policy that a `ProtectedWorkload` creates: the arguments of a `BackupPolicy`. */
export interface WorkloadPolicy extends Omit<BackupPolicyArgs, WorkloadArgument> {}

/** What a `ProtectedWorkload` backs up: the arguments of a `BackupInstance`. */
export interface WorkloadInstance extends Omit<BackupInstanceArgs, WorkloadArgument> {
  /**
   * Grant the vault's system-assigned identity the roles that it lacks for backup, each at the smallest scope, and revoke them
   * with the instance. With `false`, a missing role is an error before anything is sent.
   * @default true
   */
  grantRoles?: Input<boolean>;
}

/** What the component itself hands to each of its resources. */
type WorkloadArgument = "vault" | "policyId" | "dataSource";

/** The arguments of a protected workload. */
export interface ProtectedWorkloadArgs {
  /** An existing vault: a `BackupVault`, or the ARM ID of one. Set either this or `backupVault`. */
  vault?: BackupVault | Input<string>;
  /** A vault to create. Set either this or `vault`. */
  backupVault?: WorkloadVault;
  /** The ARM ID of an existing backup policy of the vault: `policyId` of a `BackupPolicy`. Set either this or `backupPolicy`. */
  policyId?: Input<string>;
  /** A policy to create in the vault. Set either this or `policyId`. */
  backupPolicy?: WorkloadPolicy;
  /** What kind of data source it is, for the policy and the instance alike. Another kind needs another workload. */
  dataSource: Input<InstanceDataSource>;
  /** What is backed up, and what becomes of its backups when it is removed from the program. */
  backupInstance: WorkloadInstance;
}

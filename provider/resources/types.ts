import type { Input } from "@pulumi/pulumi";

export type EnabledOrDisabled = "Enabled" | "Disabled";

/** `LocallyRedundant`: one datacenter. `ZoneRedundant`: several availability zones. `GeoRedundant`: two regions. */
export type Redundancy = "LocallyRedundant" | "ZoneRedundant" | "GeoRedundant";

export type DatastoreType = "VaultStore" | "OperationalStore" | "ArchiveStore";

/** `Locked` is permanent: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept */
export type Immutability = "Disabled" | "Unlocked" | "Locked";

/** `AlwaysOn` is permanent: https://learn.microsoft.com/azure/backup/secure-by-default */
export type SoftDeleteState = "Off" | "On" | "AlwaysOn";

/** `PermanentlyDisabled` is permanent: https://learn.microsoft.com/azure/backup/create-manage-backup-vault */
export type CrossSubscriptionRestore = "Enabled" | "Disabled" | "PermanentlyDisabled";

export type CostManagementGranularity = "VaultLevel" | "ProtectedItemLevel" | "ProtectedItemWithParentTag";

export interface SoftDelete {
  /** `Off`, `On` or `AlwaysOn`. @default `On` (Azure's default) */
  state?: Input<SoftDeleteState>;
  /** Days to keep deleted backup data: 14 to 180. Can be changed at any time. @default 14 (Azure's default) */
  retentionDurationInDays?: Input<number>;
}

export interface VaultIdentity {
  /** Which kinds of managed identity the vault has. */
  type: Input<"SystemAssigned" | "UserAssigned" | "SystemAssigned,UserAssigned" | "None">;
  /** The ARM IDs of user-assigned identities. At least one is required if `type` contains `UserAssigned`. */
  userAssignedIdentities?: Input<Input<string>[]>;
}

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault */
export interface VaultEncryption {
  /**
   * The URI of an RSA key of 2048, 3072 or 4096 bits in a key vault or Managed HSM with soft delete and purge protection,
   * such as `https://contoso.vault.azure.net/keys/backup`. Without a version, the vault follows key rotation.
   */
  keyUri: Input<string>;
  /**
   * The identity that accesses the key: `SystemAssigned`, or the ARM ID of a user-assigned identity of this vault.
   * At creation, it must be user-assigned.
   */
  identity: Input<string>;
  /** A second layer of encryption. Can be set only when the vault is created. @default `Disabled` */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
}

/** Durations such as `90s`, `30m` or `1h30m`. Each defaults to 30 minutes, except `permission`. */
export interface Timeouts {
  /** How long a creation may take. @default `30m` */
  create?: Input<string>;
  /** How long an update may take. @default `30m` */
  update?: Input<string>;
  /** How long a deletion may take. @default `30m` */
  delete?: Input<string>;
  /** How long to wait for new permissions, on the encryption key or on what is backed up, to take effect. @default `10m` */
  permission?: Input<string>;
}

export interface RecoveryServicesSku {
  /** Azure's name of the SKU. */
  name: Input<"Standard" | "RS0">;
  /** @default `Standard` */
  tier?: Input<string>;
}

/** Spelled as in this service; Backup vaults use `AlwaysOn`. Only `AlwaysON` can be set; older vaults can differ. */
export type RecoveryServicesSoftDeleteState = "Disabled" | "Enabled" | "AlwaysON";

export interface RecoveryServicesSoftDelete {
  /** `AlwaysON`; other values are refused. @default `AlwaysON` (Azure's default) */
  state?: Input<RecoveryServicesSoftDeleteState>;
  /** Enhanced security for backups of on-premises servers. @default the same as `state` */
  enhancedSecurityState?: Input<RecoveryServicesSoftDeleteState>;
  /** Days to keep deleted backup data: 14 to 180. Can be changed at any time. @default 14 (Azure's default) */
  retentionDurationInDays?: Input<number>;
}

export interface ImmutabilityConfiguration {
  /** `AsPerPolicy`: for the retention that the backup policies define. `TimeBased`: for `durationInDays`. */
  type: Input<"AsPerPolicy" | "TimeBased">;
  /** The number of days of `TimeBased`, which needs one: 30 to 36135. `AsPerPolicy` has none. */
  durationInDays?: Input<number>;
}

export interface ClassicAlerts {
  /** Alerts for critical operations on backups. */
  alertsForCriticalOperations?: Input<EnabledOrDisabled>;
  /** E-mail notifications of Azure Site Recovery. */
  emailNotificationsForSiteRecovery?: Input<EnabledOrDisabled>;
}

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk */
export interface RecoveryServicesEncryption {
  /**
   * The URI of an RSA key of 2048 bits in a key vault in the vault's region, with soft delete and purge protection, such as
   * `https://contoso.vault.azure.net/keys/backup`. Without a version, the vault follows key rotation.
   */
  keyUri: Input<string>;
  /** The identity that accesses the key: `SystemAssigned`, or the ARM ID of a user-assigned identity of this vault. */
  identity: Input<string>;
  /** A second layer of encryption. Can be set only together with the first key. @default `Disabled` */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
}

/** https://learn.microsoft.com/azure/backup/selective-disk-backup-restore */
export interface DiskExclusionProperties {
  /** The logical unit numbers (LUNs) of data disks. The operating system's disk is always backed up. */
  diskLunList: Input<Input<number>[]>;
  /** Whether only these data disks are backed up (`true`), or all others (`false`). */
  isInclusionList: Input<boolean>;
}

export interface SourceScanConfiguration {
  /** Whether the sources are scanned. */
  state: Input<EnabledOrDisabled>;
  /** The identity that scans: `SystemAssigned`, or the ARM ID of a user-assigned identity of this vault. */
  identity?: Input<string>;
}

/**
 * An operation that a resource guard protects and can exclude, as Azure names it.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */
export type GuardedOperation =
  | "Microsoft.DataProtection/backupVaults/backupInstances/delete"
  | "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action"
  | "Microsoft.DataProtection/backupVaults/backupInstances/suspendBackups/action"
  | "Microsoft.DataProtection/backupVaults/backupInstances/write"
  | "Microsoft.DataProtection/backupVaults/backupInstances/restore/action"
  | "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState"
  | "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings"
  | "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete"
  | "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write"
  | "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write#stopProtectionWithRetainData"
  | "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action"
  | "Microsoft.RecoveryServices/vaults/backupPolicies/write"
  | "Microsoft.RecoveryServices/vaults/backupSecurityPIN/action"
  | "Microsoft.RecoveryServices/vaults/registeredIdentities/delete"
  | "Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState"
  | "Microsoft.RecoveryServices/vaults/write#modifyEncryptionSettings";

export interface ResourceGuardOperationDetail {
  /** The operation on the vault that needs the guard's consent. */
  vaultCriticalOperation: string;
  /** The ID to name in `resourceGuardOperationRequests` for it. */
  defaultResourceRequest: string;
}

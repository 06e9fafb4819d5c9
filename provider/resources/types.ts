import type { Input } from "@pulumi/pulumi";

export type EnabledOrDisabled = "Enabled" | "Disabled";

/** `LocallyRedundant`: three copies in one datacenter. `ZoneRedundant`: over zones. `GeoRedundant`: over two regions. */
export type Redundancy = "LocallyRedundant" | "ZoneRedundant" | "GeoRedundant";

export type DatastoreType = "VaultStore" | "OperationalStore" | "ArchiveStore";

/** `Locked` is for good: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept */
export type Immutability = "Disabled" | "Unlocked" | "Locked";

/** `AlwaysOn` is for good: https://learn.microsoft.com/azure/backup/secure-by-default */
export type SoftDeleteState = "Off" | "On" | "AlwaysOn";

/** `PermanentlyDisabled` is for good: https://learn.microsoft.com/azure/backup/create-manage-backup-vault */
export type CrossSubscriptionRestore = "Enabled" | "Disabled" | "PermanentlyDisabled";

export type CostManagementGranularity = "VaultLevel" | "ProtectedItemLevel" | "ProtectedItemWithParentTag";

export interface SoftDelete {
  /** `Off`, `On` or `AlwaysOn`. @default `On`, Azure's own */
  state?: Input<SoftDeleteState>;
  /** Days that deleted backup data is kept: 14 to 180. Can be changed at any time. @default 14, Azure's own */
  retentionDurationInDays?: Input<number>;
}

export interface VaultIdentity {
  type: Input<"SystemAssigned" | "UserAssigned" | "SystemAssigned,UserAssigned" | "None">;
  /** ARM ids of user-assigned identities; with a `type` that contains `UserAssigned`, at least one. */
  userAssignedIdentities?: Input<Input<string>[]>;
}

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault */
export interface VaultEncryption {
  /**
   * URI of an RSA key of 2048, 3072 or 4096 bits in a Key Vault or Managed HSM with soft delete and purge protection,
   * e.g. `https://contoso.vault.azure.net/keys/backup`. Without a version the vault follows the key's rotation.
   */
  keyUri: Input<string>;
  /**
   * The identity that reaches the key: `SystemAssigned`, or the ARM id of a user-assigned identity of this vault.
   * At creation it must be a user-assigned one.
   */
  identity: Input<string>;
  /** A second layer of encryption. Only together with the vault's creation, and never changed again. @default `Disabled` */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
}

/** Durations such as `90s`, `30m` or `1h30m`. Each is 30 minutes unless set. */
export interface Timeouts {
  create?: Input<string>;
  update?: Input<string>;
  delete?: Input<string>;
  /** How long rights on the encryption key that were given a moment ago are waited for. @default `10m` */
  permission?: Input<string>;
}

export interface RecoveryServicesSku {
  name: Input<"Standard" | "RS0">;
  /** @default `Standard` */
  tier?: Input<string>;
}

/** This service's spelling; Backup vaults have `AlwaysOn`. Only `AlwaysON` can be asked for; older vaults may have another. */
export type RecoveryServicesSoftDeleteState = "Disabled" | "Enabled" | "AlwaysON";

export interface RecoveryServicesSoftDelete {
  /** `AlwaysON`: others are refused. @default `AlwaysON`, Azure's own */
  state?: Input<RecoveryServicesSoftDeleteState>;
  /** Hybrid security, for backups of servers of your own. @default the same as `state` */
  enhancedSecurityState?: Input<RecoveryServicesSoftDeleteState>;
  /** Days that deleted backup data is kept: 14 to 180. Can be changed at any time. @default 14, Azure's own */
  retentionDurationInDays?: Input<number>;
}

export interface ImmutabilityConfiguration {
  /** `AsPerPolicy`: as long as the backup policies keep a recovery point. `TimeBased`: `durationInDays`. */
  type: Input<"AsPerPolicy" | "TimeBased">;
  /** Days, for `TimeBased`: 30 to 36135, as others report. */
  durationInDays?: Input<number>;
}

export interface ClassicAlerts {
  alertsForCriticalOperations?: Input<EnabledOrDisabled>;
  emailNotificationsForSiteRecovery?: Input<EnabledOrDisabled>;
}

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk */
export interface RecoveryServicesEncryption {
  /**
   * URI of an RSA key of 2048 bits in a Key Vault of the vault's region, with soft delete and purge protection, e.g.
   * `https://contoso.vault.azure.net/keys/backup`. Without a version the vault follows the key's rotation.
   */
  keyUri: Input<string>;
  /** The identity that reaches the key: `SystemAssigned`, or the ARM id of a user-assigned identity of this vault. */
  identity: Input<string>;
  /** A second layer of encryption. Only together with the first key, and never changed again. @default `Disabled` */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
}

import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../host/dynamicResource.js";
import { type ExternallyManaged, trackExternallyManaged, whenSiblingsRegistered } from "./externallyManaged.js";
import type * as types from "./types.js";
import type { VaultArgs } from "./vaultArgs.js";

/**
 * The arguments of a Recovery Services vault, with Azure's names and values.
 *
 * An argument that is not set is not managed: the vault keeps what it has at Azure. Removing one that was set means
 * going back to Azure's default, and is judged as such a change.
 */
export interface RecoveryServicesVaultArgs extends VaultArgs {
  /** 2 to 50 letters, digits and hyphens, a letter first. Another name is another vault. */
  vaultName: Input<string>;
  /** `RS0` or `Standard`; it has no effect on how backups are stored. Can be changed. @default `RS0`, tier `Standard` */
  sku?: Input<types.RecoveryServicesSku>;
  /**
   * How backups are stored. Fixed as soon as anything is registered with the vault; before that it can be changed.
   * https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
   * @default `GeoRedundant`, Azure's own
   */
  redundancy?: Input<types.Redundancy>;
  /**
   * Restore in the paired region. Needs `GeoRedundant`, and cannot be disabled once protection has started.
   * https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
   * @default `Disabled`, Azure's own
   */
  crossRegionRestore?: Input<types.EnabledOrDisabled>;
  /**
   * How long deleted backups are kept. This kind of vault always keeps them, for 14 to 180 days.
   * https://learn.microsoft.com/azure/backup/secure-by-default
   * @default `AlwaysON` for 14 days, Azure's own
   */
  softDelete?: Input<types.RecoveryServicesSoftDelete>;
  /**
   * Whether backups can be deleted before they expire. `Locked` cannot be undone. Azure locks only a vault that is
   * `Unlocked`: both steps are taken in one `pulumi up`.
   * https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
   * @default `Disabled`, Azure's own
   */
  immutability?: Input<types.Immutability>;
  /** For how long immutability lasts: as the backup policies say, or a number of days. Can be changed. */
  immutabilityConfiguration?: Input<types.ImmutabilityConfiguration>;
  /**
   * Restore into another subscription. `PermanentlyDisabled` cannot be undone, as far as is known.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   * @default `Enabled`, Azure's own
   */
  crossSubscriptionRestore?: Input<types.CrossSubscriptionRestore>;
  /**
   * Whether the vault is reached from public networks. Can be changed at any time.
   * https://learn.microsoft.com/azure/backup/private-endpoints-overview
   * @default `Enabled`, Azure's own
   */
  publicNetworkAccess?: Input<types.EnabledOrDisabled>;
  /** Azure Monitor alerts for issues of replication. Can be changed at any time. */
  alertsForAllReplicationIssues?: Input<types.EnabledOrDisabled>;
  /** Azure Monitor alerts for issues of failover. Can be changed at any time. */
  alertsForAllFailoverIssues?: Input<types.EnabledOrDisabled>;
  /** Alerts as they were before Azure Monitor's. Azure was seen to reject some. Can be changed at any time. */
  classicAlerts?: Input<types.ClassicAlerts>;
  /**
   * The vault's managed identities. One that holds the encryption key must stay.
   * @default none
   */
  identity?: Input<types.VaultIdentity>;
  /**
   * Encryption with your own key. Only before anything was registered with the vault; once set the key can be changed,
   * but never taken away again.
   * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
   */
  encryption?: Input<types.RecoveryServicesEncryption>;
  /**
   * Requests at a resource guard that allow a guarded change, such as `{guard id}/modifyEncryptionSettings/default`.
   * Sent with the change, not kept by the vault.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
}

/**
 * A Recovery Services vault (`Microsoft.RecoveryServices/vaults`): for virtual machines, SQL in them, files and servers of
 * your own. What Azure forbids or cannot undo is refused at `pulumi preview`, and never turned into a replacement.
 *
 * @example
 * ```ts
 * const vault = new RecoveryServicesVault("machines", {
 *   vaultName: "rsv-machines",
 *   resourceGroupName: "rg-backup",
 *   location: "westeurope",
 *   redundancy: "GeoRedundant",
 *   softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
 *   immutability: "Unlocked",
 * });
 * ```
 */
export class RecoveryServicesVault extends DynamicResource {
  declare readonly vaultName: Output<string>;
  declare readonly resourceGroupName: Output<string>;
  declare readonly subscriptionId: Output<string>;
  declare readonly location: Output<string>;
  declare readonly sku: Output<{ name: string; tier?: string } | undefined>;
  declare readonly redundancy: Output<types.Redundancy | undefined>;
  declare readonly crossRegionRestore: Output<types.EnabledOrDisabled | undefined>;
  declare readonly softDelete: Output<
    | {
        state?: types.RecoveryServicesSoftDeleteState;
        enhancedSecurityState?: types.RecoveryServicesSoftDeleteState;
        retentionDurationInDays?: number;
      }
    | undefined
  >;
  declare readonly immutability: Output<types.Immutability | undefined>;
  declare readonly immutabilityConfiguration: Output<{ type?: string; durationInDays?: number } | undefined>;
  declare readonly crossSubscriptionRestore: Output<types.CrossSubscriptionRestore | undefined>;
  declare readonly publicNetworkAccess: Output<types.EnabledOrDisabled | undefined>;
  declare readonly alertsForAllJobFailures: Output<types.EnabledOrDisabled | undefined>;
  declare readonly alertsForAllReplicationIssues: Output<types.EnabledOrDisabled | undefined>;
  declare readonly alertsForAllFailoverIssues: Output<types.EnabledOrDisabled | undefined>;
  declare readonly classicAlerts: Output<
    | {
        alertsForCriticalOperations?: types.EnabledOrDisabled;
        emailNotificationsForSiteRecovery?: types.EnabledOrDisabled;
      }
    | undefined
  >;
  declare readonly costManagementGranularity: Output<types.CostManagementGranularity | undefined>;
  declare readonly identity: Output<{ type: string; userAssignedIdentities?: string[] } | undefined>;
  declare readonly encryption: Output<
    { keyUri: string; identity: string; infrastructureEncryption?: types.EnabledOrDisabled } | undefined
  >;
  declare readonly tags: Output<{ [name: string]: string } | undefined>;
  /** The vault's ARM id, known at preview. */
  declare readonly vaultId: Output<string>;
  /** Object id of the vault's system-assigned identity. */
  declare readonly principalId: Output<string | undefined>;
  /** Entra tenant of the vault's identities. */
  declare readonly tenantId: Output<string | undefined>;
  /** `Succeeded`, `Failed`, `Provisioning`, `Updating` or `Unknown`. */
  declare readonly provisioningState: Output<string>;
  /** Azure's rating of the vault's security: `None`, `Minimum`, `Adequate`, `Maximum` or `NotSupported`. */
  declare readonly secureScore: Output<string | undefined>;
  /** Azure's rating of the vault's resilience: `Poor`, `Fair`, `Good`, `Excellent` or `NotSupported`. */
  declare readonly bcdrSecurityLevel: Output<string | undefined>;
  /** `V1`, `V2` or `Unassigned`. */
  declare readonly backupStorageVersion: Output<string | undefined>;
  /** `None` or `Enabled`. */
  declare readonly privateEndpointStateForBackup: Output<string | undefined>;
  /** `None` or `Enabled`. */
  declare readonly privateEndpointStateForSiteRecovery: Output<string | undefined>;
  /** Whether a resource guard protects the vault: `Enabled`, `Disabled` or `Invalid`. */
  declare readonly multiUserAuthorization: Output<string | undefined>;

  constructor(name: string, args: RecoveryServicesVaultArgs, opts?: CustomResourceOptions) {
    const apart: ExternallyManaged = new Set();
    const inputs = opts?.id === undefined ? { ...args, markExternallyManaged: whenSiblingsRegistered(apart) } : args;
    super("RecoveryServicesVault", "recoveryServicesVault", properties, name, inputs, opts);
    trackExternallyManaged(this, apart);
  }

  /** An existing vault, to read from; it is neither managed nor changed. `id` is its ARM id. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): RecoveryServicesVault {
    return new RecoveryServicesVault(name, {} as RecoveryServicesVaultArgs, { ...opts, id });
  }
}

const properties = [
  "vaultName",
  "resourceGroupName",
  "subscriptionId",
  "location",
  "sku",
  "redundancy",
  "crossRegionRestore",
  "softDelete",
  "immutability",
  "immutabilityConfiguration",
  "crossSubscriptionRestore",
  "publicNetworkAccess",
  "alertsForAllJobFailures",
  "alertsForAllReplicationIssues",
  "alertsForAllFailoverIssues",
  "classicAlerts",
  "costManagementGranularity",
  "identity",
  "encryption",
  "tags",
  "vaultId",
  "principalId",
  "tenantId",
  "provisioningState",
  "secureScore",
  "bcdrSecurityLevel",
  "backupStorageVersion",
  "privateEndpointStateForBackup",
  "privateEndpointStateForSiteRecovery",
  "multiUserAuthorization",
];

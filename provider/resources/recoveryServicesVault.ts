import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import { definitions, propertiesOf } from "../vaults/definitions.js";
import { type ExternallyManaged, trackExternallyManaged, whenSiblingsRegistered } from "./externallyManaged.js";
import type * as types from "./types.js";
import type { VaultArgs } from "./vaultArgs.js";

/**
 * The arguments of a Recovery Services vault, with Azure's names and values.
 *
 * An argument that is not set is not managed: the vault keeps its current value. Removing an argument that was set resets
 * it to Azure's default, and the rules apply to that change.
 */
export interface RecoveryServicesVaultArgs extends VaultArgs {
  /** 2 to 50 letters, digits and hyphens, starting with a letter. A new name replaces the vault. */
  vaultName: Input<string>;
  /** `RS0` or `Standard`; has no effect on how backup data is stored. Can be changed. @default `RS0`, tier `Standard` */
  sku?: Input<types.RecoveryServicesSku>;
  /**
   * How backup data is replicated. Can be changed only before anything is registered with the vault.
   * https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
   * @default `GeoRedundant` (Azure's default)
   */
  redundancy?: Input<types.Redundancy>;
  /**
   * Restore to the paired region. Requires `GeoRedundant`. Cannot be disabled once protection has started.
   * https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
   * @default `Disabled` (Azure's default)
   */
  crossRegionRestore?: Input<types.EnabledOrDisabled>;
  /**
   * How long deleted backup data is kept. This kind of vault always keeps it, for 14 to 180 days.
   * https://learn.microsoft.com/azure/backup/secure-by-default
   * @default `AlwaysON` for 14 days (Azure's default)
   */
  softDelete?: Input<types.RecoveryServicesSoftDelete>;
  /**
   * Whether backups can be deleted before they expire. `Locked` cannot be undone. Azure can lock a vault only from
   * `Unlocked`; `pulumi up` performs both steps.
   * https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
   * @default `Disabled` (Azure's default)
   */
  immutability?: Input<types.Immutability>;
  /**
   * How long recovery points of an immutable vault stay immutable: as the backup policies define, or a number of days. A
   * locked vault keeps what it has.
   */
  immutabilityConfiguration?: Input<types.ImmutabilityConfiguration>;
  /**
   * Restore to another subscription. `PermanentlyDisabled` is not known to be reversible.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   * @default `Enabled` (Azure's default)
   */
  crossSubscriptionRestore?: Input<types.CrossSubscriptionRestore>;
  /**
   * Whether the vault can be reached from public networks. Can be changed at any time.
   * https://learn.microsoft.com/azure/backup/private-endpoints-overview
   * @default `Enabled` (Azure's default)
   */
  publicNetworkAccess?: Input<types.EnabledOrDisabled>;
  /** Azure Monitor alerts for replication issues. Can be changed at any time. */
  alertsForAllReplicationIssues?: Input<types.EnabledOrDisabled>;
  /** Azure Monitor alerts for failover issues. Can be changed at any time. */
  alertsForAllFailoverIssues?: Input<types.EnabledOrDisabled>;
  /** Alerts from before Azure Monitor alerts. Azure was observed to reject some. Can be changed at any time. */
  classicAlerts?: Input<types.ClassicAlerts>;
  /**
   * Whether Azure Backup has the sources of this vault's backups scanned for threats. Can be changed at any time. Azure
   * documents no default for a removed one, so the vault keeps it.
   * https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update#sourcescanconfiguration
   */
  sourceScanConfiguration?: Input<types.SourceScanConfiguration>;
  /**
   * The vault's managed identities. The identity that the encryption uses cannot be removed.
   * @default none
   */
  identity?: Input<types.VaultIdentity>;
  /**
   * Encryption with a customer-managed key. Can be set only before anything is registered with the vault. Once set, the
   * key can be changed but not removed.
   * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
   */
  encryption?: Input<types.RecoveryServicesEncryption>;
  /**
   * Resource Guard requests that authorize a protected operation, such as
   * `{guard id}/modifyEncryptionSettings/default`. Sent with the change; the vault does not store them.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
}

/**
 * A Recovery Services vault (`Microsoft.RecoveryServices/vaults`), for virtual machines and the SQL servers in them, files
 * and on-premises servers. Changes that Azure forbids are refused at `pulumi preview` and never turned into a
 * replacement. Changes that cannot be undone are announced there.
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
export class RecoveryServicesVault extends AzureBackupResource {
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
  declare readonly sourceScanConfiguration: Output<{ state: types.EnabledOrDisabled; identity?: string } | undefined>;
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
  /** The vault's ARM ID, known at preview. */
  declare readonly vaultId: Output<string>;
  /** The object ID of the vault's system-assigned identity. */
  declare readonly principalId: Output<string | undefined>;
  /** The Microsoft Entra tenant of the vault's identities. */
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
    const elsewhere: ExternallyManaged = new Set();
    const inputs = opts?.id === undefined ? { ...args, externallyManaged: whenSiblingsRegistered(elsewhere) } : args;
    super("RecoveryServicesVault", "recoveryServicesVault", properties, name, inputs, opts);
    trackExternallyManaged(this, elsewhere);
  }

  /** Reads an existing vault without managing it. `id` is its ARM ID. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): RecoveryServicesVault {
    return new RecoveryServicesVault(name, {} as RecoveryServicesVaultArgs, { ...opts, id });
  }
}

const properties = propertiesOf(definitions.RecoveryServicesVault);

import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import { definitions, propertiesOf } from "../vaults/definitions.js";
import { type ExternallyManaged, trackExternallyManaged, whenSiblingsRegistered } from "./externallyManaged.js";
import type * as types from "./types.js";
import type { VaultArgs } from "./vaultArgs.js";

/**
 * The arguments of a Backup vault, with Azure's names and values.
 *
 * An argument that is not set is not managed: the vault keeps its current value. Removing an argument that was set resets
 * it to Azure's default, and the rules apply to that change.
 */
export interface BackupVaultArgs extends VaultArgs {
  /** 2 to 50 letters, digits and hyphens, starting with a letter and not ending with a hyphen. A new name replaces the vault. */
  vaultName: Input<string>;
  /**
   * How backup data is replicated. Can be changed only before the vault protects anything.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   */
  redundancy: Input<types.Redundancy>;
  /** The store that `redundancy` applies to. A new value replaces the vault. @default `VaultStore` */
  datastoreType?: Input<types.DatastoreType>;
  /**
   * Whether deleted backup data is kept, and for how long. `AlwaysOn` cannot be undone. Azure was observed to require it
   * from api-version 2025-09-01, so a vault with `On` or `Off` is written with 2025-07-01, which does not support
   * `costManagementGranularity`. In some regions, no api-version can set soft delete to `Off`.
   * https://learn.microsoft.com/azure/backup/secure-by-default
   */
  softDelete?: Input<types.SoftDelete>;
  /**
   * Whether backups can be deleted before they expire. `Locked` cannot be undone.
   * https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
   * @default `Disabled` (Azure's default)
   */
  immutability?: Input<types.Immutability>;
  /**
   * Restore to the paired region. Requires `GeoRedundant`. `Enabled` cannot be undone, even on an empty vault.
   * https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore
   * @default `Disabled` (Azure's default)
   */
  crossRegionRestore?: Input<types.EnabledOrDisabled>;
  /**
   * Restore to another subscription. `PermanentlyDisabled` cannot be undone.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   * @default `Enabled` (Azure's default)
   */
  crossSubscriptionRestore?: Input<types.CrossSubscriptionRestore>;
  /**
   * The vault's managed identities. The identity that the encryption uses cannot be removed. Omit this argument if
   * `IdentityAssignment` resources manage the identities. Moving from this argument to those resources in one update
   * removes no identity from the vault.
   * @default none
   */
  identity?: Input<types.VaultIdentity>;
  /**
   * Encryption with a customer-managed key. Once set, the key can be changed but not removed. The setting can move to
   * an `EncryptionSettings` resource and back.
   * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
   */
  encryption?: Input<types.VaultEncryption>;
  /** The detail of cost reports. Can be changed at any time. Requires the `softDelete` state `AlwaysOn`. */
  costManagementGranularity?: Input<types.CostManagementGranularity>;
  /**
   * Resource Guard requests that authorize a protected operation, such as
   * `{guard id}/dppReduceImmutabilityStateRequests/default`. Sent with the change; the vault does not store them.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
}

/**
 * An Azure Backup vault (`Microsoft.DataProtection/backupVaults`). Changes that Azure forbids are refused at
 * `pulumi preview` and never turned into a replacement. Changes that cannot be undone are announced there.
 *
 * @example
 * ```ts
 * const vault = new BackupVault("payroll", {
 *   vaultName: "bv-payroll",
 *   resourceGroupName: "rg-backup",
 *   location: "westeurope",
 *   redundancy: "GeoRedundant",
 *   softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
 *   immutability: "Unlocked",
 * });
 * ```
 */
export class BackupVault extends AzureBackupResource {
  declare readonly vaultName: Output<string>;
  declare readonly resourceGroupName: Output<string>;
  declare readonly subscriptionId: Output<string>;
  declare readonly location: Output<string>;
  declare readonly redundancy: Output<types.Redundancy>;
  declare readonly datastoreType: Output<types.DatastoreType>;
  declare readonly softDelete: Output<{ state?: types.SoftDeleteState; retentionDurationInDays?: number } | undefined>;
  declare readonly immutability: Output<types.Immutability | undefined>;
  declare readonly crossRegionRestore: Output<types.EnabledOrDisabled | undefined>;
  declare readonly crossSubscriptionRestore: Output<types.CrossSubscriptionRestore | undefined>;
  declare readonly alertsForAllJobFailures: Output<types.EnabledOrDisabled | undefined>;
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
  /** The regions to which Azure replicates the vault. */
  declare readonly replicatedRegions: Output<string[]>;
  /** Whether a resource guard requires a second person's approval for critical changes. */
  declare readonly isVaultProtectedByResourceGuard: Output<boolean>;

  constructor(name: string, args: BackupVaultArgs, opts?: CustomResourceOptions) {
    const elsewhere: ExternallyManaged = new Set();
    const inputs = opts?.id === undefined ? { ...args, externallyManaged: whenSiblingsRegistered(elsewhere) } : args;
    super("BackupVault", "backupVault", properties, name, inputs, opts);
    trackExternallyManaged(this, elsewhere);
  }

  /** Reads an existing vault without managing it. `id` is its ARM ID. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): BackupVault {
    return new BackupVault(name, {} as BackupVaultArgs, { ...opts, id });
  }
}

const properties = propertiesOf(definitions.BackupVault);

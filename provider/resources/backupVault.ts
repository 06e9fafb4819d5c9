import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../host/dynamicResource.js";
import { type ExternallyManaged, trackExternallyManaged, whenSiblingsRegistered } from "./externallyManaged.js";
import type * as types from "./types.js";
import type { VaultArgs } from "./vaultArgs.js";

/**
 * The arguments of a Backup vault, with Azure's names and values.
 *
 * An argument that is not set is not managed: the vault keeps what it has at Azure. Removing one that was set means
 * going back to Azure's default, and is judged as such a change.
 */
export interface BackupVaultArgs extends VaultArgs {
  /** 2 to 50 letters, digits and hyphens, from a letter to a letter or digit. Another name is another vault. */
  vaultName: Input<string>;
  /**
   * How backups are stored. Fixed as soon as something is protected in the vault; on an empty vault it can be changed.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   */
  redundancy: Input<types.Redundancy>;
  /** Which store `redundancy` is about. Another one is another vault. @default `VaultStore` */
  datastoreType?: Input<types.DatastoreType>;
  /**
   * What happens to deleted backups. `AlwaysOn` cannot be undone. From api-version 2025-09-01 on, Azure was seen to require
   * it, so a vault with `On` or `Off` is written by 2025-07-01, which does not have `costManagementGranularity`. In some
   * regions, soft delete can no longer be switched `Off` by any api-version.
   * https://learn.microsoft.com/azure/backup/secure-by-default
   */
  softDelete?: Input<types.SoftDelete>;
  /**
   * Whether backups can be deleted before they expire. `Locked` cannot be undone.
   * https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
   * @default `Disabled`, Azure's own
   */
  immutability?: Input<types.Immutability>;
  /**
   * Restore in the paired region. Needs `GeoRedundant`. `Enabled` cannot be undone, not even on an empty vault.
   * https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore
   * @default `Disabled`, Azure's own
   */
  crossRegionRestore?: Input<types.EnabledOrDisabled>;
  /**
   * Restore into another subscription. `PermanentlyDisabled` cannot be undone.
   * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
   * @default `Enabled`, Azure's own
   */
  crossSubscriptionRestore?: Input<types.CrossSubscriptionRestore>;
  /**
   * The vault's managed identities. One that holds the encryption key must stay. Leave it out where `IdentityAssignment`s
   * of the program set them: an argument that leaves in the run in which they come takes no identity off the vault.
   * @default none
   */
  identity?: Input<types.VaultIdentity>;
  /**
   * Encryption with your own key. Once set the key can be changed, but never taken away again. It can go over to
   * `EncryptionSettings` of the program and come back.
   * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
   */
  encryption?: Input<types.VaultEncryption>;
  /** How finely costs are reported. Can be changed at any time, but needs `softDelete` with the state `AlwaysOn`. */
  costManagementGranularity?: Input<types.CostManagementGranularity>;
  /**
   * Requests at a resource guard that allow a guarded change, such as
   * `{guard id}/dppReduceImmutabilityStateRequests/default`. Sent with the change, not kept by the vault.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
}

/**
 * An Azure Backup vault (`Microsoft.DataProtection/backupVaults`). What Azure forbids or cannot undo is refused at
 * `pulumi preview`, and never turned into a replacement.
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
export class BackupVault extends DynamicResource {
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
  /** Regions that Azure replicates the vault to. */
  declare readonly replicatedRegions: Output<string[]>;
  declare readonly isVaultProtectedByResourceGuard: Output<boolean>;

  constructor(name: string, args: BackupVaultArgs, opts?: CustomResourceOptions) {
    const apart: ExternallyManaged = new Set();
    const inputs = opts?.id === undefined ? { ...args, markExternallyManaged: whenSiblingsRegistered(apart) } : args;
    super("BackupVault", "backupVault", properties, name, inputs, opts);
    trackExternallyManaged(this, apart);
  }

  /** An existing vault, to read from; it is neither managed nor changed. `id` is its ARM id. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): BackupVault {
    return new BackupVault(name, {} as BackupVaultArgs, { ...opts, id });
  }
}

const properties = [
  "vaultName",
  "resourceGroupName",
  "subscriptionId",
  "location",
  "redundancy",
  "datastoreType",
  "softDelete",
  "immutability",
  "crossRegionRestore",
  "crossSubscriptionRestore",
  "alertsForAllJobFailures",
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
  "replicatedRegions",
  "isVaultProtectedByResourceGuard",
];

import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import { markExternallyManaged } from "./externallyManaged.js";
import { IdentityAssignment } from "./identityAssignment.js";
import type { EnabledOrDisabled, Timeouts } from "./types.js";
import type { VaultArgument } from "./vaultArgument.js";
import { idOf, withVault } from "./vaultArgument.js";

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault */
export interface EncryptionSettingsArgs {
  /**
   * A `BackupVault` or `RecoveryServicesVault` that does not set `encryption` itself, or an ARM ID. If you pass the
   * resource, deleting the vault deletes the settings. They cannot be deleted on their own.
   */
  vault: VaultArgument;
  /**
   * The URI of an RSA key of 2048, 3072 or 4096 bits in a key vault or Managed HSM with soft delete and purge protection,
   * such as `https://contoso.vault.azure.net/keys/backup`. Without a version, the vault follows key rotation. Can be
   * changed, but not together with the identity. Cannot be removed.
   */
  keyUri: Input<string>;
  /**
   * The identity that accesses the key: `SystemAssigned`, the ARM ID of a user-assigned identity of this vault, or the
   * `IdentityAssignment` that assigns it. Can be changed, but not together with the key.
   */
  identity: IdentityAssignment | Input<string>;
  /**
   * A second layer of encryption. It can be chosen only when the vault is created, with `encryption` of `BackupVault`.
   * Here it must match the vault; any other value is refused.
   */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
  /** Resource Guard requests for a key change, such as `{guard id}/dppModifyEncryptionSettingsRequests/default`. */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
  /**
   * Codes of rules to override. Only rules that are not based on a statement by Microsoft can be overridden; see
   * docs/rules.md.
   * @default none
   */
  accept?: Input<Input<string>[]>;
  /**
   * Durations such as `90s` or `30m`. `create` and `update` default to 30 minutes. `permission`, how long to wait for new
   * permissions to take effect, defaults to 10 minutes.
   */
  timeouts?: Input<Pick<Timeouts, "create" | "update" | "permission">>;
}

/**
 * A vault's encryption with a customer-managed key. The key, its key vault and the identity's permissions are checked
 * before anything is written, and at `pulumi preview` if they are known then.
 *
 * @example
 * ```ts
 * const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * const encryption = new EncryptionSettings("payroll", { vault, keyUri, identity });
 * ```
 */
export class EncryptionSettings extends AzureBackupResource {
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly keyUri: Output<string>;
  declare readonly identity: Output<string>;
  /** `Enabled`, or `Inconsistent` if an update did not complete and must be retried. */
  declare readonly state: Output<string>;

  constructor(name: string, args: EncryptionSettingsArgs, opts?: CustomResourceOptions) {
    const { vault, identity, ...rest } = args;
    const named = IdentityAssignment.isInstance(identity) ? (identity as IdentityAssignment).identity : identity;
    const inputs = { ...rest, vault: idOf(vault), identity: named };
    super("EncryptionSettings", "encryptionSettings", outputs, name, inputs, withVault(vault, opts));
    markExternallyManaged(vault, "encryption");
  }
}

const outputs = ["vault", "keyUri", "identity", "state"];

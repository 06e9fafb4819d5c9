import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../host/dynamicResource.js";
import { markExternallyManaged } from "./externallyManaged.js";
import { IdentityAssignment } from "./identityAssignment.js";
import type { EnabledOrDisabled } from "./types.js";
import { idOf, type VaultArgument, withVault } from "./vaultArgument.js";

/** https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault */
export interface EncryptionSettingsArgs {
  /**
   * The vault: a `BackupVault` or `RecoveryServicesVault` that does not set `encryption` itself, or an ARM id. With the resource, the settings go
   * together with the vault; alone they cannot go.
   */
  vault: VaultArgument;
  /**
   * URI of an RSA key of 2048, 3072 or 4096 bits in a Key Vault or Managed HSM with soft delete and purge protection,
   * e.g. `https://contoso.vault.azure.net/keys/backup`. Without a version the vault follows the key's rotation. Can be
   * changed, but not together with the identity, and never taken away again.
   */
  keyUri: Input<string>;
  /**
   * The identity that reaches the key: `SystemAssigned`, the ARM id of a user-assigned identity of this vault, or the
   * `IdentityAssignment` that puts it there. Can be changed, but not together with the key.
   */
  identity: IdentityAssignment | Input<string>;
  /**
   * A second layer of encryption. It is chosen at the vault's creation, by `encryption` of `BackupVault`: here it only
   * states what was chosen, and another value is refused.
   */
  infrastructureEncryption?: Input<EnabledOrDisabled>;
  /** Requests at a resource guard that allow a change of the key, such as `{guard id}/dppModifyEncryptionSettingsRequests/default`. */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
  /** Codes of rules to override. Only rules that rest on others' experience can be; see docs/rules.md. @default none */
  accept?: Input<Input<string>[]>;
  /**
   * Durations such as `90s` or `30m`. `create` and `update` are 30 minutes unless set; `permission`, how long rights that
   * were given a moment ago are waited for, is 10.
   */
  timeouts?: Input<{ create?: Input<string>; update?: Input<string>; permission?: Input<string> }>;
}

/**
 * A vault's encryption with a customer-managed key. Key, key vault and the identity's rights are looked at before
 * anything is sent, at `pulumi preview` where they are known.
 *
 * @example
 * ```ts
 * const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * const encryption = new EncryptionSettings("payroll", { vault, keyUri, identity });
 * ```
 */
export class EncryptionSettings extends DynamicResource {
  /** The vault's ARM id. */
  declare readonly vault: Output<string>;
  declare readonly keyUri: Output<string>;
  declare readonly identity: Output<string>;
  /** `Enabled`, or `Inconsistent` where an update failed inside Azure and has to be made again. */
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

import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type { BackupVault } from "./backupVault.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";
import type { Timeouts } from "./types.js";
import { withVault } from "./vaultArgument.js";

export interface KeyAccessArgs {
  /** The URI of a key in a key vault or Managed HSM. A version is optional: permissions apply to all versions of the key. */
  keyUri: Input<string>;
  /** The identity that may use the key: the `principalId` of an `IdentityAssignment` or of a user-assigned identity. */
  principalId: Input<string>;
  /**
   * The scope of the role assignment: the key, or its key vault or Managed HSM and so every key in it. An access policy
   * always applies to the key vault. A new scope replaces the access: the new one is granted before the old one is revoked.
   * @default `Key`
   */
  scope?: Input<"Key" | "KeyVault">;
  /**
   * The vault whose system-assigned identity this is. The vault needs the access until it is deleted, so the access is
   * kept until then. For a user-assigned identity, make the vault depend on the access instead (`dependsOn`).
   */
  vault?: BackupVault | RecoveryServicesVault;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<Timeouts, "create" | "delete">>;
}

/**
 * Allows an identity to get, wrap and unwrap one key. Depending on the key vault's permission model, it assigns the role
 * Key Vault Crypto Service Encryption User or adds an access policy; in a Managed HSM, it assigns the local role Managed HSM
 * Crypto Service Encryption User. Permissions that exist already are not managed. Deleting the resource revokes only what it
 * granted, and is refused while a vault's encryption depends on it.
 *
 * @example
 * ```ts
 * const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * const access = new KeyAccess("payroll", { keyUri, principalId: identity.principalId, vault });
 * const encryption = new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });
 * ```
 */
export class KeyAccess extends AzureBackupResource {
  declare readonly keyUri: Output<string>;
  declare readonly principalId: Output<string>;
  declare readonly scope: Output<"Key" | "KeyVault">;
  /**
   * `RoleAssignment`, `AccessPolicy`, or `LocalRoleAssignment` in a Managed HSM; `Nothing` if the permissions existed
   * already.
   */
  declare readonly grantedBy: Output<"RoleAssignment" | "AccessPolicy" | "LocalRoleAssignment" | "Nothing">;
  /** The ARM ID of the key vault or Managed HSM. */
  declare readonly keyVaultId: Output<string>;
  /** The ID of the role assignment that grants the permissions, if one does. */
  declare readonly roleAssignmentId: Output<string | undefined>;

  constructor(name: string, args: KeyAccessArgs, opts?: CustomResourceOptions) {
    const { vault, ...inputs } = args;
    super("KeyAccess", "keyAccess", outputs, name, inputs, withVault(vault, opts));
  }
}

const outputs = ["keyUri", "principalId", "scope", "grantedBy", "keyVaultId", "roleAssignmentId"];

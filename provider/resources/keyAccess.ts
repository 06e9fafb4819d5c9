import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../host/dynamicResource.js";
import type { BackupVault } from "./backupVault.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";
import { withVault } from "./vaultArgument.js";

export interface KeyAccessArgs {
  /** URI of a key in a key vault or Managed HSM, with or without a version: rights are on the key as a whole. */
  keyUri: Input<string>;
  /** Who may use the key: `principalId` of an `IdentityAssignment`, or of a user-assigned identity. */
  principalId: Input<string>;
  /**
   * Where the role is given: at the key, or at its key vault or Managed HSM and so for all keys in there. Access policies
   * are always the key vault's. Another scope is another access: it is given first, and then the old one taken away.
   * @default `Key`
   */
  scope?: Input<"Key" | "KeyVault">;
  /**
   * The vault whose system-assigned identity this is: the access then stays until the vault is gone, which needs it, and
   * ends with the identity. For a user-assigned identity, let the vault depend on the access instead (`dependsOn`).
   */
  vault?: BackupVault | RecoveryServicesVault;
  /** Durations such as `90s` or `30m`. Each is 30 minutes unless set. */
  timeouts?: Input<{ create?: Input<string>; delete?: Input<string> }>;
}

/**
 * Lets an identity get, wrap and unwrap one key: by the role Key Vault Crypto Service Encryption User or by an access
 * policy, as the key vault has it; in a Managed HSM by its local role Managed HSM Crypto Service Encryption User. Rights that are there already are left to whoever gave them; deleting takes away only
 * what was given here, and is refused while a vault's encryption depends on it.
 *
 * @example
 * ```ts
 * const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * const access = new KeyAccess("payroll", { keyUri, principalId: identity.principalId, vault });
 * const encryption = new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });
 * ```
 */
export class KeyAccess extends DynamicResource {
  declare readonly keyUri: Output<string>;
  declare readonly principalId: Output<string>;
  declare readonly scope: Output<"Key" | "KeyVault">;
  /**
   * `RoleAssignment`, `AccessPolicy`, or `LocalRoleAssignment` in a Managed HSM; `Nothing` where the rights were there
   * already.
   */
  declare readonly grantedBy: Output<"RoleAssignment" | "AccessPolicy" | "LocalRoleAssignment" | "Nothing">;
  /** The key vault's or Managed HSM's ARM id. */
  declare readonly keyVaultId: Output<string>;
  declare readonly roleAssignmentId: Output<string | undefined>;

  constructor(name: string, args: KeyAccessArgs, opts?: CustomResourceOptions) {
    const { vault, ...inputs } = args;
    super("KeyAccess", "keyAccess", outputs, name, inputs, withVault(vault, opts));
  }
}

const outputs = ["keyUri", "principalId", "scope", "grantedBy", "keyVaultId", "roleAssignmentId"];

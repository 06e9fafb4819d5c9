import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import { markExternallyManaged } from "./externallyManaged.js";
import type { Timeouts } from "./types.js";
import type { VaultArgument } from "./vaultArgument.js";
import { idOf, withVault } from "./vaultArgument.js";

export interface IdentityAssignmentArgs {
  /**
   * A `BackupVault` or `RecoveryServicesVault` that does not set `identity` itself, or an ARM ID. If you pass the resource,
   * deleting the vault deletes the assignment. A new vault replaces the assignment.
   */
  vault: VaultArgument;
  /**
   * `SystemAssigned`, or the ARM ID of a user-assigned identity. A new identity replaces the assignment: Pulumi adds the
   * new identity, updates the resources that depend on it, and then removes the old identity from the vault.
   */
  identity: Input<string>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<Timeouts, "create" | "delete">>;
}

/**
 * One managed identity on a vault, independent of its other identities. It cannot be removed while the vault's encryption
 * or a backup instance uses it.
 *
 * @example
 * ```ts
 * const assigned = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * export const principalId = assigned.principalId;
 * ```
 */
export class IdentityAssignment extends AzureBackupResource {
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly identity: Output<string>;
  /** The identity's object ID in Microsoft Entra ID, for role assignments and access policies. */
  declare readonly principalId: Output<string>;
  /** The Microsoft Entra tenant of the identity. */
  declare readonly tenantId: Output<string>;
  /**
   * The identity's application ID. If it cannot be read, it is undefined and a warning is shown; the next `pulumi up` or
   * `pulumi refresh` reads it. For a system-assigned identity, this requires
   * `Microsoft.ManagedIdentity/identities/read` on the vault.
   */
  declare readonly clientId: Output<string | undefined>;

  constructor(name: string, args: IdentityAssignmentArgs, opts?: CustomResourceOptions) {
    const { vault, identity, timeouts } = args;
    const inputs = { vault: idOf(vault), identity, timeouts };
    super("IdentityAssignment", "identityAssignment", outputs, name, inputs, withVault(vault, opts));
    markExternallyManaged(vault, "identity");
  }
}

const outputs = ["vault", "identity", "principalId", "tenantId", "clientId"];

import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../host/dynamicResource.js";
import { markExternallyManaged } from "./externallyManaged.js";
import { idOf, type VaultArgument, withVault } from "./vaultArgument.js";

export interface IdentityAssignmentArgs {
  /**
   * The vault: a `BackupVault` or `RecoveryServicesVault` that does not set `identity` itself, or an ARM id. With the resource, the assignment goes
   * together with the vault. Another vault is another assignment.
   */
  vault: VaultArgument;
  /**
   * `SystemAssigned`, or the ARM id of a user-assigned identity. Another identity is another assignment: it is added
   * first, what depends on this one moves, and then the old one leaves the vault.
   */
  identity: Input<string>;
  /** Durations such as `90s` or `30m`. Each is 30 minutes unless set. */
  timeouts?: Input<{ create?: Input<string>; delete?: Input<string> }>;
}

/**
 * One managed identity on a vault, beside whatever other identities it has. It does not leave the vault while
 * the vault's key or a backup instance needs it.
 *
 * @example
 * ```ts
 * const assigned = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
 * export const principalId = assigned.principalId;
 * ```
 */
export class IdentityAssignment extends DynamicResource {
  /** The vault's ARM id. */
  declare readonly vault: Output<string>;
  declare readonly identity: Output<string>;
  /** The identity's object id in the directory: what roles and access policies are given to. */
  declare readonly principalId: Output<string>;
  declare readonly tenantId: Output<string>;
  /**
   * The identity's application id. Undefined while it could not be read, with a warning: a later `pulumi up` or
   * `pulumi refresh` reads it. A system-assigned one's needs `Microsoft.ManagedIdentity/identities/read` on the vault.
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

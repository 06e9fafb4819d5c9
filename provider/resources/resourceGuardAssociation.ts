import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import * as pulumi from "../host/program/pulumi.js";
import { AzureBackupResource } from "../host/program/resource.js";
import type { ResourceGuard } from "./resourceGuard.js";
import type * as types from "./types.js";
import type { VaultArgument } from "./vaultArgument.js";
import { idOf } from "./vaultArgument.js";

/** The arguments of a vault's association with a resource guard. */
export interface ResourceGuardAssociationArgs {
  /** A `BackupVault` or `RecoveryServicesVault`, or the ARM ID of a vault. Another vault replaces the association. */
  vault: VaultArgument;
  /**
   * A `ResourceGuard`, or the ARM ID of a guard, in the vault's region. The role Reader on it is needed. Another guard
   * replaces the association, which needs the consent of the current guard's owner.
   */
  resourceGuard: ResourceGuard | Input<string>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<types.Timeouts, "create" | "delete">>;
}

/**
 * Protects a vault of either kind with a resource guard (multi-user authorization). From then on, critical operations on
 * the vault need a request in `resourceGuardOperationRequests` and the role Backup MUA Operator on the guard, which its owner
 * grants. So does the deletion of this resource: without the owner's consent, Azure keeps the association.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization
 *
 * @example
 * ```ts
 * new ResourceGuardAssociation("payroll", {
 *   vault,
 *   resourceGuard:
 *     "/subscriptions/{security}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard-westeurope",
 * });
 * ```
 */
export class ResourceGuardAssociation extends AzureBackupResource {
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  /** The guard's ARM ID. */
  declare readonly resourceGuard: Output<string>;
  /** What the guard protects on this vault, and the request for each operation. */
  declare readonly resourceGuardOperationDetails: Output<types.ResourceGuardOperationDetail[]>;

  constructor(name: string, args: ResourceGuardAssociationArgs, opts?: CustomResourceOptions) {
    const { vault, resourceGuard } = args;
    const guard = pulumi.CustomResource.isInstance(resourceGuard) ? resourceGuard.resourceGuardId : resourceGuard;
    const inputs = { ...args, vault: idOf(vault), resourceGuard: guard };
    super("ResourceGuardAssociation", "resourceGuardAssociation", outputs, name, inputs, opts);
  }
}

const outputs = ["vault", "resourceGuard", "resourceGuardOperationDetails"];

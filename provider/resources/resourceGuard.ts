import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type * as types from "./types.js";

/** The arguments of a resource guard, with Azure's names and values. */
export interface ResourceGuardArgs {
  /** 1 to 260 characters. Another name replaces the guard. */
  resourceGuardName: Input<string>;
  /** Another resource group replaces the guard. */
  resourceGroupName: Input<string>;
  /**
   * The subscription of the guard: best another one than that of the vaults, owned by other people. Another subscription
   * replaces the guard. @default the stack configuration `azure-backup:subscriptionId`, or `ARM_SUBSCRIPTION_ID`
   */
  subscriptionId?: Input<string>;
  /** The region of the vaults that it protects. Another region replaces the guard. */
  location: Input<string>;
  /**
   * Operations that the guard does not protect, in all its vaults. Excluding one weakens every vault that uses the guard,
   * which the preview announces. Removing a vault's association and disabling soft delete are always protected. A name that
   * this version does not know is sent, with a warning. Can be changed at any time. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   * @default none (Azure's default; the portal excludes restores)
   */
  vaultCriticalOperationExclusionList?: Input<Input<types.GuardedOperation>[]>;
  /** The guard's tags, managed as a whole. */
  tags?: Input<{ [name: string]: Input<string> }>;
  /** Take over a guard of this name that exists, and update it to match the program. @default false: it is an error */
  adopt?: Input<boolean>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<types.Timeouts, "create" | "update" | "delete">>;
}

/**
 * A resource guard (`Microsoft.DataProtection/resourceGuards`): with multi-user authorization, critical operations on the
 * vaults that are associated with it need the consent of the guard's owner, who should be somebody else than the vaults'
 * administrator. A guard that vaults still use is not deleted.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 *
 * @example
 * ```ts
 * const guard = new ResourceGuard("security", {
 *   resourceGuardName: "guard-westeurope",
 *   resourceGroupName: "rg-security",
 *   location: "westeurope",
 * });
 * ```
 */
export class ResourceGuard extends AzureBackupResource {
  declare readonly resourceGuardName: Output<string>;
  declare readonly resourceGroupName: Output<string>;
  declare readonly subscriptionId: Output<string>;
  declare readonly location: Output<string>;
  declare readonly vaultCriticalOperationExclusionList: Output<types.GuardedOperation[] | undefined>;
  declare readonly tags: Output<{ [name: string]: string } | undefined>;
  /** The guard's ARM ID, known at preview. */
  declare readonly resourceGuardId: Output<string>;
  /** The operations that the guard protects, in vaults of both kinds. */
  declare readonly resourceGuardOperations: Output<string[]>;

  constructor(name: string, args: ResourceGuardArgs, opts?: CustomResourceOptions) {
    super("ResourceGuard", "resourceGuard", outputs, name, args, opts);
  }

  /** Reads an existing guard without managing it. `id` is its ARM ID. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): ResourceGuard {
    return new ResourceGuard(name, {} as ResourceGuardArgs, { ...opts, id });
  }
}

const outputs = [
  "resourceGuardName",
  "resourceGroupName",
  "subscriptionId",
  "location",
  "vaultCriticalOperationExclusionList",
  "tags",
  "resourceGuardId",
  "resourceGuardOperations",
];

import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";
import type { DiskExclusionProperties, Timeouts } from "./types.js";
import { idOf } from "./vaultArgument.js";

/** The arguments of a protected item. */
export interface ProtectedItemArgs {
  /** A `RecoveryServicesVault`, or the ARM ID of one. Another vault needs another item. */
  vault: RecoveryServicesVault | Input<string>;
  /**
   * The ARM ID of what is backed up, in the vault's region: a virtual machine, or the storage account of a file share. A source is
   * protected in one vault. Another one needs another item.
   */
  sourceResourceId: Input<string>;
  /**
   * The name of the file share that is backed up. Required for a storage account, and no argument for a virtual machine. Another one
   * needs another item.
   */
  fileShareName?: Input<string>;
  /**
   * The ARM ID of a backup policy of the same vault: `policyId` of a `RecoveryServicesBackupPolicy`. Changed in place. Azure does not
   * go back from an enhanced policy to a standard one:
   * https://learn.microsoft.com/azure/backup/backup-azure-vms-enhanced-policy
   */
  policyId: Input<string>;
  /**
   * The data disks of a virtual machine that are backed up, or are not. Changed in place.
   * https://learn.microsoft.com/azure/backup/selective-disk-backup-restore
   * @default all disks
   */
  diskExclusionProperties?: Input<DiskExclusionProperties>;
  /**
   * The ARM IDs of requests to the vault's resource guard, `{guard}/updateProtectedItemRequests/default` for another policy that keeps
   * backups for less time. Azure asks the guard once more for each change. What the removal of the item needs is sent automatically.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
  /**
   * Whether the source is backed up. `stopProtectionRetainData` stops backup and keeps every recovery point; `suspend` stops it and
   * keeps them by the policy's retention, in immutable vaults only. Nothing is deleted, and without the argument, backup is resumed. What else
   * the program changes meanwhile takes effect then. Of an item that does not exist, there is nothing to stop.
   * @default `protect`
   */
  protection?: Input<"protect" | "stopProtectionRetainData" | "suspend">;
  /**
   * What happens when the resource is removed from the program. Only `delete` loses backups: the vault's soft delete keeps them
   * for its retention, and an immutable vault refuses to delete them before they expire. `stopProtectionRetainData` keeps every
   * recovery point for good, `suspend` keeps them by the policy's retention, which Azure offers in immutable vaults only; the item then
   * stays in the vault. What state records counts, so a change needs a `pulumi up` before the removal. A replacement needs `delete`.
   * @default `stopProtectionRetainData`
   */
  onDelete?: Input<"delete" | "stopProtectionRetainData" | "suspend">;
  /**
   * Take over an item of this source that exists, and resume its backup. Otherwise, an existing item is an error.
   * @default false
   */
  adopt?: Input<boolean>;
  /**
   * Bring back the soft-deleted item of this source, with its backups, and resume its backup. If there is none, a new item is created.
   * It has no effect on an item that exists.
   * @default false
   */
  undelete?: Input<boolean>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<Timeouts, "create" | "update" | "delete">>;
}

/**
 * A protected item of a Recovery Services vault
 * (`Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems`): a virtual machine or a file share that is
 * backed up by a policy. Its creation ends when Azure reports the source as protected; the first backup comes by the policy. It is neither
 * replaced nor deleted unless `onDelete` is `delete`. Its ARM ID is the resource's `id`.
 *
 * @example
 * ```ts
 * const machine = new ProtectedItem("machine", {
 *   vault,
 *   sourceResourceId: payrollMachine.id,
 *   policyId: daily.policyId,
 * });
 * ```
 */
export class ProtectedItem extends AzureBackupResource {
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly sourceResourceId: Output<string>;
  declare readonly fileShareName: Output<string | undefined>;
  declare readonly policyId: Output<string>;
  /**
   * Azure's state of the protection when it was last written or refreshed: `IRPending` until the first backup, then `Protected`. If it was
   * stopped or suspended outside of the program, a refresh shows it, and the next `pulumi up` resumes it.
   */
  declare readonly protectionState: Output<string>;

  constructor(name: string, args: ProtectedItemArgs, opts?: CustomResourceOptions) {
    const inputs = { ...args, vault: idOf(args.vault) };
    super("ProtectedItem", "protectedItem", outputs, name, inputs, opts);
  }
}

const outputs = ["vault", "sourceResourceId", "fileShareName", "policyId", "protectionState"];

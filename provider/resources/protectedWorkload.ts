import type { ComponentResourceOptions, CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { inArgument } from "../host/program/onlyProgramKnows.js";
import * as pulumi from "../host/program/pulumi.js";
import { traceOnlyUsersLine } from "../host/program/usersLine.js";
import { components } from "../vaults/resourceTypes.js";
import { BackupInstance, type InstanceDataSource } from "./backupInstance.js";
import { BackupPolicy } from "./backupPolicy.js";
import { BackupVault } from "./backupVault.js";
import { ProtectedItem } from "./protectedItem.js";
import { RecoveryServicesBackupPolicy } from "./recoveryServicesBackupPolicy.js";
import { RecoveryServicesVault } from "./recoveryServicesVault.js";
import { idOf } from "./vaultArgument.js";
import type { ItemDataSource, ProtectedWorkloadArgs, WorkloadInstance, WorkloadItem } from "./workloadArgs.js";
import { requireWorkload } from "./workloadProblems.js";

/**
 * A data source that is backed up, with all that this takes. In a Backup vault: the vault and a policy, each created or existing, the
 * roles of the vault's identity, and the backup instance. In a Recovery Services vault: the vault and a policy, and the protected
 * item. An argument that is named after a resource has that resource's arguments, and creates it. Its resources are refused,
 * replaced and deleted by the same rules as without the component.
 *
 * @example
 * ```ts
 * const payroll = new ProtectedWorkload("payroll", {
 *   dataSource: "AzureDisk",
 *   backupVault: {
 *     vaultName: "bv-payroll",
 *     resourceGroupName: "rg-payroll",
 *     location: "westeurope",
 *     redundancy: "LocallyRedundant",
 *   },
 *   backupPolicy: {
 *     policyName: "disks-daily",
 *     schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
 *     retention: [{ keep: "P7D" }],
 *   },
 *   backupInstance: {
 *     instanceName: "disk-payroll",
 *     dataSourceId: payrollDisk.id,
 *     snapshotResourceGroupId: snapshots.id,
 *   },
 * });
 * ```
 */
export class ProtectedWorkload extends pulumi.ComponentResource {
  /** The vault's ARM ID. */
  readonly vaultId: Output<string>;
  /** The policy's ARM ID. */
  readonly policyId: Output<string>;
  /** The ARM ID of the backup instance or protected item. */
  readonly instanceId: Output<string>;
  /** Azure's state of the protection, such as `ProtectionConfigured`. */
  readonly protectionState: Output<string>;

  constructor(name: string, args: ProtectedWorkloadArgs, opts?: ComponentResourceOptions) {
    requireWorkload(name, args);
    const restoreTraces = traceOnlyUsersLine();
    try {
      // The arguments are recorded with the resources that they are for.
      super("azure-backup:index:ProtectedWorkload", name, {}, opts);
    } finally {
      restoreTraces();
    }
    // What the component waits for, each of its resources waits for, and is deleted before.
    const options = { parent: this, ...(opts?.dependsOn && { dependsOn: opts.dependsOn }) };
    const child: Options = (argument) => inArgument(argument, options);
    const made = args.protectedItem
      ? inRecoveryServicesVault(name, args, args.protectedItem, child)
      : inBackupVault(name, args, args.backupInstance as WorkloadInstance, child);
    this.vaultId = pulumi.output(idOf(made.vault));
    this.policyId = pulumi.output(made.policyId);
    this.instanceId = made.instanceId;
    this.protectionState = made.protectionState;
    const { outputs } = components.ProtectedWorkload;
    this.registerOutputs(Object.fromEntries(outputs.map((each) => [each, this[each]])));
  }
}

/** The options of the resource whose arguments are in this one. */
type Options = (argument: keyof ProtectedWorkloadArgs) => CustomResourceOptions;

// Of what exists and what is created, one is there: `requireWorkload`. The instance refuses a data source that is not its own.

function inBackupVault(name: string, args: ProtectedWorkloadArgs, item: WorkloadInstance, options: Options) {
  const { backupVault, backupPolicy } = args;
  const dataSource = args.dataSource as InstanceDataSource;
  const vault = backupVault
    ? new BackupVault(
        name,
        { ...backupVault, identity: backupVault.identity ?? systemAssigned },
        options("backupVault"),
      )
    : (args.vault as BackupVault | Input<string>);
  const policyId = backupPolicy
    ? new BackupPolicy(name, { ...backupPolicy, vault, dataSource }, options("backupPolicy")).policyId
    : (args.policyId as Input<string>);
  const instanceArgs = { ...item, vault, policyId, dataSource, grantRoles: item.grantRoles ?? true };
  const { instanceId, protectionState } = new BackupInstance(name, instanceArgs, options("backupInstance"));
  return { vault, policyId, instanceId, protectionState };
}

const systemAssigned = { type: "SystemAssigned" } as const;

function inRecoveryServicesVault(name: string, args: ProtectedWorkloadArgs, item: WorkloadItem, options: Options) {
  const { recoveryServicesVault, recoveryServicesBackupPolicy: policy } = args;
  const dataSource = args.dataSource as ItemDataSource;
  const vault = recoveryServicesVault
    ? new RecoveryServicesVault(name, recoveryServicesVault, options("recoveryServicesVault"))
    : (args.vault as RecoveryServicesVault | Input<string>);
  const ofPolicy = options("recoveryServicesBackupPolicy");
  const policyId = policy
    ? new RecoveryServicesBackupPolicy(name, { ...policy, vault, dataSource }, ofPolicy).policyId
    : (args.policyId as Input<string>);
  const { id, protectionState } = new ProtectedItem(name, { ...item, vault, policyId }, options("protectedItem"));
  return { vault, policyId, instanceId: id, protectionState };
}

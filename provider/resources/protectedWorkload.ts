import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { inArgument } from "../host/program/onlyProgramKnows.js";
import * as pulumi from "../host/program/pulumi.js";
import { traceOnlyUsersLine } from "../host/program/usersLine.js";
import { components } from "../vaults/resourceTypes.js";
import { BackupInstance } from "./backupInstance.js";
import { BackupPolicy } from "./backupPolicy.js";
import { BackupVault } from "./backupVault.js";
import { idOf } from "./vaultArgument.js";
import type { ProtectedWorkloadArgs } from "./workloadArgs.js";
import { requireWorkload } from "./workloadProblems.js";

/**
 * A data source that is backed up, with all that this takes: a Backup vault and a policy, each created or existing, the roles of
 * the vault's identity, and the backup instance. An argument that is named after a resource has that resource's arguments, and
 * creates it. Its resources are refused, replaced and deleted by the same rules as without the component.
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
  /** The backup instance's ARM ID. */
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
    const { dataSource, backupVault, backupPolicy, backupInstance } = args;
    // What the component waits for, each of its resources waits for, and is deleted before.
    const options = { parent: this, ...(opts?.dependsOn && { dependsOn: opts.dependsOn }) };
    const child = (argument: keyof ProtectedWorkloadArgs) => inArgument(argument, options);

    const vault = backupVault
      ? new BackupVault(
          name,
          { ...backupVault, identity: backupVault.identity ?? systemAssigned },
          child("backupVault"),
        )
      : (args.vault as BackupVault | Input<string>);
    const policyId = backupPolicy
      ? new BackupPolicy(name, { ...backupPolicy, vault, dataSource }, child("backupPolicy")).policyId
      : (args.policyId as Input<string>);
    const common = { vault, policyId, dataSource };
    const protection = { ...backupInstance, ...common, grantRoles: backupInstance.grantRoles ?? true };
    const instance = new BackupInstance(name, protection, child("backupInstance"));

    this.vaultId = pulumi.output(idOf(vault));
    this.policyId = pulumi.output(policyId);
    this.instanceId = instance.instanceId;
    this.protectionState = instance.protectionState;
    const { outputs } = components.ProtectedWorkload;
    this.registerOutputs(Object.fromEntries(outputs.map((each) => [each, this[each]])));
  }
}

const systemAssigned = { type: "SystemAssigned" } as const;

import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type { BackupVault } from "./backupVault.js";
import type { PolicyDataSource, PolicyRetention, PolicyRule, PolicySchedule } from "./policyTypes.js";
import type { Timeouts } from "./types.js";
import { idOf } from "./vaultArgument.js";

/** The arguments of a backup policy. Azure changes no policy, so another value of any of them replaces it. */
export interface BackupPolicyArgs {
  /** A `BackupVault`, or the ARM ID of one. Another vault replaces the policy. */
  vault: BackupVault | Input<string>;
  /**
   * 3 to 150 letters, digits and hyphens. Another name replaces the policy: Pulumi creates the new one first, gives it to
   * the backup instances of the program that refer to it, and then deletes the old one.
   */
  policyName: Input<string>;
  /** What it backs up. Another value replaces the policy. */
  dataSource: Input<PolicyDataSource>;
  /**
   * When backups are made. Required except for continuous backup of `AzureBlob`, which has no schedule. Another value
   * replaces the policy.
   */
  schedule?: Input<PolicySchedule>;
  /**
   * How long backups are kept. One entry without `of` is for all backups; others keep the first backup of a period for
   * longer. Another value replaces the policy. Recovery points that exist keep the retention they were made with.
   * https://learn.microsoft.com/azure/backup/manage-azure-managed-disks
   */
  retention?: Input<Input<PolicyRetention>[]>;
  /**
   * The rules in Azure's own form, instead of `schedule` and `retention`, for what those cannot say. They are checked in
   * the same way.
   */
  policyRules?: Input<Input<PolicyRule>[]>;
  /**
   * Take over a policy of this name that exists and is as the program describes it. Otherwise, an existing policy is an
   * error.
   * @default false
   */
  adopt?: Input<boolean>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<Timeouts, "create" | "delete">>;
}

/**
 * A backup policy of a Backup vault (`Microsoft.DataProtection/backupVaults/backupPolicies`): when backups of one kind of
 * data source are made, and how long they are kept. Schedule and retention are checked against what the data source can do.
 * A policy that backup instances use is neither replaced nor deleted.
 *
 * @example
 * ```ts
 * const daily = new BackupPolicy("daily", {
 *   vault,
 *   policyName: "disks-daily",
 *   dataSource: "AzureDisk",
 *   schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
 *   retention: [{ keep: "P7D" }, { keep: "P12W", of: "FirstOfWeek" }],
 * });
 * ```
 */
export class BackupPolicy extends AzureBackupResource {
  /** The policy's ARM ID. */
  declare readonly policyId: Output<string>;
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly policyName: Output<string>;
  declare readonly dataSource: Output<string>;

  constructor(name: string, args: BackupPolicyArgs, opts?: CustomResourceOptions) {
    const inputs = { ...args, vault: idOf(args.vault) };
    super("BackupPolicy", "backupPolicy", outputs, name, inputs, opts);
  }
}

const outputs = ["policyId", "vault", "policyName", "dataSource"];

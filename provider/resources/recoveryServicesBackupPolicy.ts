import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { AzureBackupResource } from "../host/program/resource.js";
import type {
  ProtectionPolicyBackups,
  ProtectionPolicyDataSource,
  ProtectionPolicyLogBackups,
  ProtectionPolicyProperties,
  ProtectionPolicyRetention,
  ProtectionPolicySchedule,
} from "./protectionPolicyTypes.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";
import type { Timeouts } from "./types.js";
import { idOf } from "./vaultArgument.js";

/**
 * The arguments of a backup policy of a Recovery Services vault. Azure changes it in place, and applies the change to the
 * recovery points that exist.
 */
export interface RecoveryServicesBackupPolicyArgs {
  /** A `RecoveryServicesVault`, or the ARM ID of one. Another vault replaces the policy. */
  vault: RecoveryServicesVault | Input<string>;
  /**
   * 3 to 150 letters, digits, hyphens, underscores and exclamation marks, beginning with a letter. Another name replaces the
   * policy: Pulumi creates the new one first, gives it to the protected items of the program that refer to it, and then
   * deletes the old one.
   */
  policyName: Input<string>;
  /** What it backs up. Another value replaces the policy. */
  dataSource: Input<ProtectionPolicyDataSource>;
  /**
   * Of `VM`: `V1` is Azure's standard policy, `V2` the enhanced one, with hourly backups and support for newer kinds of disks
   * and machines. Another value replaces the policy: Azure makes neither of the other. Machines can move from a `V1` policy
   * to a `V2` policy, and not back.
   * https://learn.microsoft.com/azure/backup/backup-azure-vms-enhanced-policy
   * @default `V1`
   */
  policyType?: Input<"V1" | "V2">;
  /** When backups are made: of databases, the full ones. */
  schedule?: Input<ProtectionPolicySchedule>;
  /**
   * How long backups are kept: of databases, the full ones. One entry without `of` is for all backups; others keep some of them
   * for longer. Azure applies a change to the recovery points that exist: a shorter retention deletes those that are older,
   * and is refused while the vault is immutable.
   * https://learn.microsoft.com/azure/backup/backup-architecture#impact-of-policy-change-on-recovery-points
   */
  retention?: Input<Input<ProtectionPolicyRetention>[]>;
  /**
   * Of `VM`: for how many days snapshots are kept next to the machine, from 1 to 5 with `policyType` `V1` and from 1 to 30 with
   * `V2`. With weekly backups, it is 5.
   * @default 2 with `V1`, 7 with `V2`
   */
  instantRpRetentionRangeInDays?: Input<number>;
  /**
   * Of `AzureFileShare`: stores backups in the vault, with `retention` there, and keeps snapshots next to the share for this
   * many days, fewer than the daily retention. Without it, all backups are snapshots. It can be added to a policy; removing it
   * replaces the policy, since Azure does not stop storing backups in the vault.
   */
  snapshotRetentionInDays?: Input<number>;
  /** Of databases: differential backups, besides weekly full ones. */
  differential?: Input<ProtectionPolicyBackups>;
  /** Of `SAPHanaDatabase`: incremental backups, besides weekly full ones, and instead of differential ones. */
  incremental?: Input<ProtectionPolicyBackups>;
  /** Of databases: log backups. Required for `SAPHanaDatabase`. */
  log?: Input<ProtectionPolicyLogBackups>;
  /** Of databases: whether backups are compressed. @default false */
  isCompression?: Input<boolean>;
  /**
   * The policy in Azure's own form, instead of all of the above from `policyType` on, for what those cannot say, such as the
   * archive tier. It is checked in the same way. What Azure only shows, null and empty texts say nothing in it.
   */
  properties?: Input<ProtectionPolicyProperties>;
  /**
   * The ARM IDs of requests to the vault's resource guard, which a shorter retention needs where the guard protects changes of
   * policies. Only sent, and not kept.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  resourceGuardOperationRequests?: Input<Input<string>[]>;
  /**
   * Take over a policy of this name that exists, and change it to what the program says. Otherwise, an existing policy is an
   * error. Every vault begins with the policies `DefaultPolicy`, `EnhancedPolicy` and `HourlyLogBackup`.
   * @default false
   */
  adopt?: Input<boolean>;
  /** Durations such as `90s` or `30m`. Each defaults to 30 minutes. */
  timeouts?: Input<Pick<Timeouts, "create" | "update" | "delete">>;
}

/**
 * A backup policy of a Recovery Services vault (`Microsoft.RecoveryServices/vaults/backupPolicies`): when backups of virtual
 * machines, Azure file shares or databases in virtual machines are made, and how long they are kept. It is checked against
 * what Azure can do, changed in place, and neither replaced nor deleted while protected items use it.
 *
 * @example
 * ```ts
 * const daily = new RecoveryServicesBackupPolicy("daily", {
 *   vault,
 *   policyName: "machines-daily",
 *   dataSource: "VM",
 *   policyType: "V2",
 *   schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
 *   retention: [
 *     { keep: "P30D" },
 *     { keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } },
 *     { keep: "P12M", of: { weeksOfTheMonth: ["First"], daysOfTheWeek: ["Sunday"] } },
 *   ],
 * });
 * ```
 */
export class RecoveryServicesBackupPolicy extends AzureBackupResource {
  /** The policy's ARM ID. */
  declare readonly policyId: Output<string>;
  /** The vault's ARM ID. */
  declare readonly vault: Output<string>;
  declare readonly policyName: Output<string>;
  declare readonly dataSource: Output<string>;

  constructor(name: string, args: RecoveryServicesBackupPolicyArgs, opts?: CustomResourceOptions) {
    const inputs = { ...args, vault: idOf(args.vault) };
    super("RecoveryServicesBackupPolicy", "recoveryServicesBackupPolicy", outputs, name, inputs, opts);
  }
}

const outputs = ["policyId", "vault", "policyName", "dataSource"];

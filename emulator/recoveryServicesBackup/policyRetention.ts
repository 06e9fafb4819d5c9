import { unverified } from "../recoveryServices/recoveryError.js";
import type { ArmResource } from "../state/records.js";

const days: Record<string, number> = { Days: 1, Weeks: 7, Months: 30, Years: 365 };

/** Whether recovery points would be kept for fewer days under a retention than before. */
function isShortened(before: ArmResource | undefined, after: ArmResource | undefined): boolean {
  const kept = retentionDays(after);
  return Object.entries(retentionDays(before)).some(([schedule, was]) => (kept[schedule] ?? 0) < was);
}

/** Days by schedule: daily, weekly, monthly, yearly, or the simple policy's only one. */
function retentionDays(policy: ArmResource | undefined): Record<string, number> {
  const duration = (given: ArmResource | undefined) => (given?.count ?? 0) * (days[given?.durationType] ?? 1);
  const schedules = ["dailySchedule", "weeklySchedule", "monthlySchedule", "yearlySchedule"];
  const present = schedules.filter((name) => policy?.[name] !== undefined);
  return Object.fromEntries([
    ["simple", duration(policy?.retentionDuration)],
    ...present.map((name) => [name, duration(policy?.[name].retentionDuration)]),
  ]);
}

/**
 * Whether a policy would keep recovery points in the vault for fewer days than before. Snapshots of file shares are operational
 * backups, which immutability is not about: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
 */
export function shortensRetention(before: ArmResource, after: ArmResource): boolean {
  const [had, has] = [inVault(before), inVault(after)];
  return Object.entries(had).some(([part, retention]) => isShortened(retention, has[part]));
}

/**
 * Whether a policy keeps any backups for less time, also those next to their source: that is what az asks a resource guard for, by
 * `is_retention_duration_decreased` in azure-cli's backup/custom_help.py.
 */
export function reducesRetention(before: ArmResource, after: ArmResource): boolean {
  const instant = ({ instantRpRetentionRangeInDays: days }: ArmResource) => Number(days ?? 0);
  const isVaulted = [before, after].some(({ vaultRetentionPolicy }) => vaultRetentionPolicy !== undefined);
  return (
    shortensRetention(before, after) ||
    instant(after) < instant(before) ||
    (!isVaulted && isShortened(before.retentionPolicy, after.retentionPolicy))
  );
}

/** The retentions of a policy, by the type of backup. */
function inVault(policy: ArmResource): Record<string, ArmResource | undefined> {
  if (policy.backupManagementType === "AzureStorage") return { share: policy.vaultRetentionPolicy?.vaultRetention };
  const subs: ArmResource[] = policy.subProtectionPolicy ?? [];
  return {
    machine: policy.retentionPolicy,
    ...Object.fromEntries(subs.map(({ policyType, retentionPolicy }) => [policyType, retentionPolicy])),
  };
}

/**
 * What a change does not make of a policy. Microsoft's module refuses the last one itself:
 * https://github.com/Azure/azure-powershell/pull/26367
 */
export function refuseOtherKind(before: ArmResource, after: ArmResource): void {
  const changed =
    before.backupManagementType !== after.backupManagementType || before.workLoadType !== after.workLoadType
      ? "what it backs up"
      : (before.policyType ?? "V1") !== (after.policyType ?? "V1")
        ? "its policyType"
        : before.vaultRetentionPolicy !== undefined && after.vaultRetentionPolicy === undefined
          ? "that its backups are stored in the vault"
          : undefined;
  if (changed === undefined) return;
  throw unverified("policy-kind-changed", `A policy does not change ${changed}. Azure's own answer is not documented.`);
}

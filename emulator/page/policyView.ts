import type { ArmResource } from "../state/records.js";

/** When a policy of either kind of vault backs up, and what it keeps: a line for each. Its rules may be of any shape. */
export function policyLines({ properties = {} }: ArmResource): string[] {
  if (properties.policyRules !== undefined) return listOf(properties.policyRules).flatMap(ruleLines);
  const parts = listOf(properties.subProtectionPolicy);
  return (parts.length > 0 ? parts : [properties]).flatMap(protectionLines);
}

/** What it is for, as Azure says it. */
export function policyType({ properties = {} }: ArmResource): string {
  const { datasourceTypes, backupManagementType, workLoadType } = properties;
  return [...listOf(datasourceTypes), backupManagementType, workLoadType].filter(Boolean).map(String).join(" ");
}

/** https://learn.microsoft.com/rest/api/dataprotection/backup-policies/get */
function ruleLines({ name, dataStore, backupParameters, trigger, lifecycles }: ArmResource): string[] {
  const times = listOf(trigger?.schedule?.repeatingTimeIntervals).map(String);
  const backups =
    times.length > 0 ? [words(backupParameters?.backupType, times.join(", "), "to", dataStore?.dataStoreType)] : [];
  const kept = listOf(lifecycles).map(({ sourceDataStore, deleteAfter }) =>
    words("keeps", deleteAfter?.duration, "in", sourceDataStore?.dataStoreType, `(${name})`),
  );
  return [...backups, ...kept];
}

/** https://learn.microsoft.com/rest/api/backup/protection-policies/get */
function protectionLines(policy: ArmResource): string[] {
  const { policyType: type, schedulePolicy, retentionPolicy, vaultRetentionPolicy } = policy;
  const { instantRpRetentionRangeInDays: snapshots } = policy;
  const retention = vaultRetentionPolicy?.vaultRetention ?? retentionPolicy ?? {};
  const minutes = schedulePolicy?.scheduleFrequencyInMins;
  const every = schedulePolicy?.scheduleRunFrequency ?? (minutes && `every ${minutes} minutes`);
  const tiers = ["daily", "weekly", "monthly", "yearly"].map((tier) => [tier, retention[`${tier}Schedule`]] as const);
  const days = snapshots ?? vaultRetentionPolicy?.snapshotRetentionInDays;
  return [
    every && words(type, every),
    ...[...tiers, ["", retention] as const].map(([tier, schedule]) => {
      const { count, durationType } = schedule?.retentionDuration ?? {};
      return count && words("keeps", count, durationType, tier && `(${tier})`);
    }),
    days && words("keeps snapshots", days, "days"),
  ].filter((line) => typeof line === "string");
}

const words = (...parts: unknown[]): string => parts.filter(Boolean).map(String).join(" ");

function listOf(value: unknown): ArmResource[] {
  return Array.isArray(value) ? value.filter((each) => each !== null && each !== undefined) : [];
}

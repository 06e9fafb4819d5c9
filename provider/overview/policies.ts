import type { BackupPolicyResource, ProtectionPolicyResource } from "../azure/index.js";
import { readPolicy } from "../policies/backupPolicy.js";
import { keptBy, type RepeatingTime, type Schedule, weekday } from "../policies/content.js";
import { keptBy as keptByProtection, type PolicyContent } from "../policies/recoveryServices/content.js";
import { readPolicy as readProtectionPolicy } from "../policies/recoveryServices/policy.js";
import { variantOf } from "../policies/recoveryServices/workloads.js";
import { present } from "./present.js";
import type { DataSourceOverview, PolicyOverview, RetentionOverview, ScheduleOverview } from "./vaultContents.js";

/** A policy of a Backup vault. */
export function ofBackupPolicy({ name, properties }: BackupPolicyResource): PolicyOverview {
  const { datasourceTypes = [] } = properties;
  const { dataSource, content, unread } = readPolicy(properties);
  const named = { policyName: name, dataSource: dataSource ?? (datasourceTypes.join(", ") || "unknown") };
  if (!content) return { ...named, unrecognized: unread.join("; ") };
  return { ...named, schedules: content.schedules.flatMap(timesOf), retention: keptBy(content).map(retentionOf) };
}

/** Of times that differ only in their days, one. */
function timesOf({ backupType, times, timeZone }: Schedule): ScheduleOverview[] {
  const zoneOf = ({ offset }: RepeatingTime) => timeZone ?? offset ?? "UTC";
  const together = Map.groupBy(times, (time) => [time.every, time.time, zoneOf(time)].join());
  return [...together.values()].flatMap((same) =>
    same.slice(0, 1).map((first) =>
      present({
        backupType,
        every: first.every,
        at: first.time.slice(0, 5),
        on: first.every === "P1W" ? same.flatMap(({ date }) => weekday(date) ?? []) : undefined,
        timeZone: zoneOf(first),
      }),
    ),
  );
}

/** A policy of a Recovery Services vault. */
export function ofProtectionPolicy({ name, properties }: ProtectionPolicyResource): PolicyOverview {
  const { dataSource, arm, content, unread } = readProtectionPolicy(properties);
  const { workLoadType } = arm;
  const named = { policyName: name, dataSource: dataSource ?? workLoadType ?? properties.backupManagementType };
  const store = dataSource && content && variantOf(dataSource, content.variant)?.store;
  if (!content || !store) return { ...named, unrecognized: unread.join("; ") };
  return { ...named, schedules: schedulesOf(content), retention: keptByProtection(content, store).map(retentionOf) };
}

function schedulesOf({ main, also, timeZone }: PolicyContent): ScheduleOverview[] {
  const { every, at, on } = main.schedule;
  const days = (names: readonly string[]) => (names.length > 0 ? [...names] : undefined);
  return [
    present({ backupType: also.length > 0 ? "Full" : undefined, every, at, on: days(on), timeZone }),
    ...also.map((each) =>
      present({ backupType: each.type, every: each.every, at: each.at, on: days(each.on), timeZone }),
    ),
  ];
}

const retentionOf = ({ rule, store, keep }: RetentionOverview): RetentionOverview => ({ rule, store, keep });

/** With how many data sources use each. What is soft-deleted uses none. */
export function withUsers(
  policies: readonly PolicyOverview[],
  dataSources: readonly DataSourceOverview[] | undefined,
): PolicyOverview[] {
  const used = dataSources?.filter(({ state }) => state !== "SoftDeleted").map(({ policyName }) => policyName);
  const isOf = (name: string) => (policyName?: string) => policyName?.toLowerCase() === name.toLowerCase();
  return policies.map((policy) => ({
    ...policy,
    ...(used && { usedBy: used.filter(isOf(policy.policyName)).length }),
  }));
}

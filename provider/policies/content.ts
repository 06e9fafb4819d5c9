import { isUnknown } from "../vaults/unknowns.js";
import { type Weekday, weekdays } from "./calendar.js";
import type { DataStoreType } from "./dataSources.js";
import type { Criteria, KeptBackups } from "./keptBackups.js";
import { backupsPerDay } from "./periods.js";
import type { ArmCriteria, ArmLifecycle, ArmRule, ArmTagging } from "./policyRules.js";
import { zoneNamed } from "./timeZones.js";

export { type Weekday, weekdays } from "./calendar.js";
export type { Criteria } from "./keptBackups.js";

/**
 * What a policy does, whichever form it was written in: the one form that is checked, compared and judged. Each part knows
 * the argument that it comes from.
 */
export interface PolicyContent {
  /** Absent: continuous backup. */
  schedules: Schedule[];
  retention: RetentionRule[];
}

interface Part {
  /** The argument, as messages name it. */
  path: string;
}

export interface Schedule extends Part {
  name: string;
  store: DataStoreType;
  backupType: string;
  times: (Part & RepeatingTime)[];
  timeZone?: string;
  tags: Tag[];
}

export interface RepeatingTime {
  /** The day from which it repeats. */
  date: string;
  /** `02:00:00`, in the offset's time. */
  time: string;
  /** `+01:00`. Absent: in the schedule's time zone. */
  offset?: string;
  every: string;
}

/** Which backups a retention rule applies to. */
export interface Tag extends Part {
  /** The name of the retention rule. */
  name: string;
  isDefault: boolean;
  priority: number;
  criteria: Criteria[];
}

export interface RetentionRule extends Part {
  name: string;
  isDefault: boolean;
  lifecycles: Lifecycle[];
}

export interface Lifecycle extends Part {
  store: DataStoreType;
  keep: string;
  copies: Copy[];
}

export interface Copy extends Part {
  store: DataStoreType;
  /** `Immediate`, `OnExpiry`, or after how long. */
  after: string;
}

/** Undefined as long as a part of it is not known. */
export function contentOf(rules: readonly ArmRule[], path = "policyRules"): PolicyContent | undefined {
  if (isAnyUnknown(rules)) return undefined;
  const content: PolicyContent = { schedules: [], retention: [] };
  rules.forEach((rule, index) => {
    const at = `${path}[${index}]`;
    if (rule.objectType === "AzureBackupRule") content.schedules.push(scheduleOf(rule, at));
    else {
      const { name, isDefault = false, lifecycles = [] } = rule;
      const read = lifecycles.map((each, place) => lifecycleOf(each, `${at}.lifecycles[${place}]`));
      content.retention.push({ path: at, name, isDefault, lifecycles: read });
    }
  });
  return content;
}

function scheduleOf({ name, dataStore, backupParameters, trigger }: ArmRule, path: string): Schedule {
  const { repeatingTimeIntervals = [], timeZone } = trigger?.schedule ?? {};
  const times = repeatingTimeIntervals.map((text, index) => ({
    path: `${path}.trigger.schedule.repeatingTimeIntervals[${index}]`,
    ...timeOf(text),
  }));
  // az's templates name no zone, and begin at +00:00.
  const isUtc = times.length > 0 && times.every(({ offset }) => offset === "+00:00");
  const zone = timeZone !== undefined ? zoneNamed(timeZone) : isUtc ? zoneNamed("UTC") : undefined;
  return {
    path,
    name,
    store: dataStore?.dataStoreType as DataStoreType,
    backupType: backupParameters?.backupType ?? "",
    times,
    ...(zone !== undefined && { timeZone: zone }),
    tags: (trigger?.taggingCriteria ?? []).map((each, index) =>
      tagOf(each, `${path}.trigger.taggingCriteria[${index}]`),
    ),
  };
}

/** What the pattern of `repeatingInterval` has let through. */
export function timeOf(text: string): RepeatingTime {
  const [, date = "", minutes = "", seconds = ":00", offset, every = ""] =
    /^R\/([\d-]+)T(\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?\/(\w+)$/.exec(text) ?? [];
  return {
    date,
    time: `${minutes}${seconds}`,
    ...(offset !== undefined && { offset: offset === "Z" ? "+00:00" : offset }),
    every,
  };
}

function tagOf({ tagInfo, isDefault, taggingPriority, criteria = [] }: ArmTagging, path: string): Tag {
  return { path, name: tagInfo.tagName, isDefault, priority: taggingPriority, criteria: criteria.map(criteriaOf) };
}

const criteriaOf = ({ objectType: _, ...criteria }: ArmCriteria): Criteria =>
  Object.fromEntries(Object.entries(criteria).filter(([, values]) => values.length > 0)) as Criteria;

function lifecycleOf(
  { sourceDataStore, deleteAfter, targetDataStoreCopySettings: copies = [] }: ArmLifecycle,
  path: string,
): Lifecycle {
  return {
    path,
    store: sourceDataStore.dataStoreType,
    keep: deleteAfter.duration,
    copies: copies.map(({ copyAfter, dataStore }, index) => ({
      path: `${path}.targetDataStoreCopySettings[${index}]`,
      store: dataStore.dataStoreType,
      after:
        copyAfter.objectType === "CustomCopyOption"
          ? (copyAfter.duration ?? "")
          : copyAfter.objectType.replace("CopyOnExpiryOption", "OnExpiry").replace("ImmediateCopyOption", "Immediate"),
    })),
  };
}

/** How long it keeps which backups, in which store. A rule without a tag of its name keeps none. */
export const keptBy = ({ schedules, retention }: PolicyContent) =>
  retention.flatMap(({ name, isDefault, lifecycles }) => {
    const tags = schedules.flatMap((schedule) => schedule.tags.filter((tag) => tag.name === name));
    const perDay = perDayOf(schedules.flatMap(({ times }) => times));
    const of: KeptBackups | undefined = isDefault
      ? undefined
      : { criteria: tags.flatMap(({ criteria }) => criteria), perDay };
    return lifecycles.map(({ store, keep }) => ({ rule: name, isDefault, store, keep, ...(of && { of }) }));
  });

/** How many backups such a schedule makes on a day that has any. */
export const perDayOf = (times: readonly Pick<RepeatingTime, "every">[]): number =>
  Math.max(1, Math.round(times.reduce((sum, { every }) => sum + backupsPerDay(every), 0)));

/**
 * Whether two policies do the same. The order of rules and criteria says nothing. Neither does the day from which a
 * schedule repeats each day or week, except which day of the week it is.
 */
export const isSameContent = (a: PolicyContent, b: PolicyContent): boolean => comparable(a) === comparable(b);

const comparable = ({ schedules, retention }: PolicyContent): string =>
  JSON.stringify([
    ordered(
      schedules.map(({ path: _, times, tags, ...rest }) => [
        members(rest),
        ordered(times.map(({ path: _1, date, ...time }) => [members(time), dayOf(time.every, date)])),
        ordered(tags.map(({ path: _1, criteria, ...tag }) => [members(tag), ordered(criteria.map(ofCriteria))])),
      ]),
    ),
    ordered(
      retention.map(({ name, isDefault, lifecycles }) => [
        name,
        isDefault,
        ordered(
          lifecycles.map(({ store, keep, copies }) => [
            store,
            keep,
            ordered(copies.map((copy) => [copy.store, copy.after])),
          ]),
        ),
      ]),
    ),
  ]);

function dayOf(every: string, date: string): string | undefined {
  if (every === "P1D" || every.startsWith("PT")) return "";
  return every === "P1W" ? weekday(date) : date;
}

const ofCriteria = (criteria: Criteria) =>
  members(Object.fromEntries(Object.entries(criteria).map(([name, values]) => [name, ordered(values)])));

const members = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

const ordered = (values: readonly unknown[]): unknown[] =>
  values
    .map((value) => [JSON.stringify(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

export const weekday = (date: string): Weekday | undefined => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];

function isAnyUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isAnyUnknown);
}

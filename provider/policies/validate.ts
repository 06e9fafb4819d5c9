import { alternatives, type Problem } from "../vaults/values.js";
import type { Lifecycle, PolicyContent, RetentionRule, Schedule, Tag } from "./content.js";
import { type DataSource, type DataStoreType, type Interval, type Marker, markers, storesOf } from "./dataSources.js";
import { backupsPerDay, daysOf } from "./periods.js";
import { isOffset, timeZoneProblem } from "./timeZones.js";

/** What a data source cannot do of a policy, by the table of data sources. */
export function problemsOf(source: DataSource, content: PolicyContent): Problem[] {
  return [
    ...ofSchedules(source, content),
    ...content.retention.flatMap((rule) => ofRule(source, rule)),
    ...ofNames(content),
    ...ofDefaults(source, content),
    ...ofTags(source, content),
    ...ofCount(source, content),
  ];
}

const one = (path: string, expected: string): Problem => ({ path, expected });

function ofSchedules(source: DataSource, { schedules, retention }: PolicyContent): Problem[] {
  const { noun, scheduled, continuous } = source;
  const [first, ...more] = schedules;
  if (!first) {
    const isContinuous =
      continuous !== undefined &&
      retention.every(({ lifecycles }) => lifecycles.every(({ store }) => store === continuous.store));
    return isContinuous
      ? []
      : [one("schedule", `is missing: backup of ${noun} in the ${scheduled.store} has a schedule`)];
  }
  return [
    ...more.map(({ path }) => one(path, "is a second backup rule, and a policy has one")),
    ...ofSchedule(source, first),
  ];
}

function ofSchedule(
  { noun, scheduled }: DataSource,
  { path, store, backupType, times, timeZone }: Schedule,
): Problem[] {
  const wrongStore = store !== scheduled.store;
  const wrongType = backupType !== scheduled.backupType;
  const every: readonly string[] = scheduled.every;
  return [
    ...(wrongStore ? [one(`${path}.dataStore`, `must be ${scheduled.store} for ${noun}`)] : []),
    ...(wrongType ? [one(`${path}.backupParameters.backupType`, `must be ${scheduled.backupType} for ${noun}`)] : []),
    ...times
      .filter((time) => !every.includes(time.every))
      .map((time) => one(time.path, `must be ${alternatives(every)} for ${noun}; it is ${time.every}`)),
    ...times
      .filter((time) => time.every !== times[0]?.every)
      .map((time) => one(time.path, `must repeat as the first one does, which is ${times[0]?.every}`)),
    ...(timeZone === undefined || isOffset(timeZone)
      ? []
      : timeZoneProblem(`${path}.trigger.schedule.timeZone`, timeZone)),
  ];
}

function ofRule(source: DataSource, { path, lifecycles }: RetentionRule): Problem[] {
  const stores = lifecycles.map(({ store }) => store);
  return [
    ...(lifecycles.length === 0 ? [one(path, "keeps nothing: it has no lifecycle")] : []),
    // In its own form, Azure takes it: https://github.com/hashicorp/terraform-provider-azurerm tests it with an AKS cluster.
    ...lifecycles
      .filter(({ store, path: own }, index) => stores.indexOf(store) < index && !own.startsWith("policyRules"))
      .map((each) => one(each.path, `is the second retention for the same backups in the ${each.store}`)),
    ...lifecycles.flatMap((each) => ofLifecycle(source, each)),
  ];
}

function ofLifecycle(source: DataSource, { path, store, keep, copies }: Lifecycle): Problem[] {
  const { noun, longest, scheduled } = source;
  const stores = storesOf(source);
  if (!stores.includes(store))
    return [one(path, `must be in the ${alternatives(stores)} for ${noun}; it is in the ${store}`)];
  const limit = longest[store];
  const isTooLong = limit !== undefined && (daysOf(keep) ?? Number.POSITIVE_INFINITY) > (daysOf(limit) ?? 0);
  const allowed: readonly DataStoreType[] = scheduled.copiedTo;
  return [
    ...(isTooLong ? [one(path, `must be at most ${limit} for ${noun} in the ${store}; it is ${keep}`)] : []),
    ...copies
      .filter((copy) => store !== scheduled.store || !allowed.includes(copy.store))
      .map((copy) =>
        one(copy.path, `cannot be made: backups of ${noun} are not copied from the ${store} to the ${copy.store}`),
      ),
  ];
}

/** Azure refuses two rules of one name: https://learn.microsoft.com/powershell/module/az.dataprotection */
function ofNames({ schedules, retention }: PolicyContent): Problem[] {
  const rules = [...schedules, ...retention];
  const names = rules.map(({ name }) => name.toLowerCase());
  return rules
    .filter(({ name }, index) => names.indexOf(name.toLowerCase()) < index)
    .map(({ path, name }) => one(path, `is a second rule for the same backups: "${name}" is there already`));
}

/** All backups are kept for some time, whatever tags they have. */
function ofDefaults({ noun, scheduled, continuous }: DataSource, { schedules, retention }: PolicyContent): Problem[] {
  const defaults = retention.filter(({ isDefault }) => isDefault);
  const isIn = (store: DataStoreType) =>
    defaults.some(({ lifecycles }) => lifecycles.some((each) => each.store === store));
  const wanted = schedules.length > 0 ? scheduled.store : continuous?.store;
  if (wanted === undefined || isIn(wanted)) return [];
  return [
    one("retention", `needs an entry without \`of\`, which says how long backups of ${noun} stay in the ${wanted}`),
  ];
}

function ofTags(source: DataSource, { schedules, retention }: PolicyContent): Problem[] {
  const [schedule] = schedules;
  const tags = schedule?.tags ?? [];
  const tagged = retention.filter(({ isDefault }) => !isDefault);
  const isTagged = ({ name }: RetentionRule) => tags.some((tag) => !tag.isDefault && tag.name === name);
  const hasDefault = tags.some(({ isDefault }) => isDefault);
  const isContinuous = (rule: RetentionRule) =>
    source.continuous !== undefined && rule.lifecycles.some(({ store }) => store === source.continuous?.store);
  return [
    ...(schedule && !hasDefault ? [one(schedule.path, "needs a tag that is the default")] : []),
    ...tagged
      .filter((rule) => !isTagged(rule))
      .map(({ path, name }) => one(path, `applies to no backup: the schedule has no tag "${name}"`)),
    ...tagged
      .filter(isContinuous)
      .map(({ path }) =>
        one(path, `cannot be in the ${source.continuous?.store}, which keeps all of ${source.noun} equally long`),
      ),
    ...tags.filter(({ isDefault }) => !isDefault).flatMap((tag) => ofTag(source, tag, retention)),
  ];
}

function ofTag(
  { noun, markers: allowed, hasOtherCriteria }: DataSource,
  tag: Tag,
  retention: RetentionRule[],
): Problem[] {
  const { path, name, criteria } = tag;
  const isKept = retention.some((rule) => !rule.isDefault && rule.name === name);
  const given = criteria.flatMap(({ absoluteCriteria = [] }) => absoluteCriteria);
  const wrong = given.filter((each) => !isAllowed(allowed, each, hasOtherCriteria));
  const others = criteria.some((each) => Object.keys(each).some((member) => member !== "absoluteCriteria"));
  return [
    ...(isKept ? [] : [one(path, `has no retention rule of its name, "${name}"`)]),
    ...(criteria.length === 0 ? [one(path, "applies to no backup: it has no criteria")] : []),
    ...wrong.map((each) => one(path, `must be ${alternatives(allowed)} for ${noun}; it is ${each}`)),
    ...(others && !hasOtherCriteria
      ? [one(path, `must be ${alternatives(allowed)} for ${noun}, and nothing else`)]
      : []),
  ];
}

const isAllowed = (allowed: readonly Marker[], given: string, hasOtherCriteria: boolean): boolean =>
  markers.some((each) => each === given) ? allowed.some((each) => each === given) : hasOtherCriteria;

/** A disk has so many snapshots and no more. Without tags, since how many backups have two tags is not documented. */
function ofCount({ noun, mostBackups, scheduled }: DataSource, { schedules, retention }: PolicyContent): Problem[] {
  const every = schedules[0]?.times[0]?.every as Interval | undefined;
  const general = retention
    .find(({ isDefault }) => isDefault)
    ?.lifecycles.find(({ store }) => store === scheduled.store);
  if (mostBackups === undefined || every === undefined || general === undefined) return [];
  const count = backupsPerDay(every) * (daysOf(general.keep) ?? 0);
  if (count <= mostBackups) return [];
  const most = Math.floor(mostBackups / backupsPerDay(every));
  const limit = `must be at most P${most}D with a backup every ${every}: Azure keeps at most ${mostBackups} scheduled backups of ${noun}`;
  return [one(general.path, `${limit}; it is ${general.keep}`)];
}

import { isUnknown } from "../vaults/unknowns.js";
import { type Fields, fields, isValid, list, matching, type Of, oneOf } from "../vaults/values.js";
import {
  type Copy,
  isSameContent,
  type Lifecycle,
  type PolicyContent,
  type RetentionRule,
  type Schedule,
  type Tag,
  type Weekday,
  weekday,
  weekdays,
} from "./content.js";
import { type DataSource, type DataStoreType, intervals, type Marker, markers } from "./dataSources.js";
import { retentionPeriod } from "./periods.js";
import { offsetOf, timeZone } from "./timeZones.js";

export const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "02:00"');

/** A weekly backup has days, and no other. */
export const checkDays: NonNullable<Fields["check"]> = ({ every, on }, path, problems) => {
  if (isUnknown(every) || isUnknown(on)) return;
  const isEmpty = !Array.isArray(on) || on.length === 0;
  if (every === "P1W" && isEmpty)
    problems.push({ path: `${path}.on`, expected: 'must name the days of a weekly backup, such as ["Sunday"]' });
  if (every !== "P1W" && on !== undefined)
    problems.push({ path: `${path}.on`, expected: "belongs to a weekly backup only, with `every` P1W" });
};

/** The form that people read and write: https://www.pulumi.com programs have it as `schedule` and `retention`. */
export const schedule = fields(
  { every: oneOf(...intervals), at: timeOfDay, on: list(oneOf(...weekdays)), timeZone },
  ["every", "at"],
  checkDays,
);

export const retention = list(
  fields(
    {
      keep: retentionPeriod,
      of: oneOf(...markers),
      store: oneOf("OperationalStore", "VaultStore", "ArchiveStore"),
    },
    ["keep"],
  ),
);

const shortForm = fields({ schedule, retention });

export interface ShortForm {
  schedule?: Of<typeof schedule>;
  retention: Of<typeof retention>;
}

/** A Sunday. On which day a schedule began says nothing once it is over, so that all begin in one week. */
const firstSunday = "2024-01-07";

/** Names and priorities as Azure's own tools give them: of a backup with several tags, the lowest number decides. */
const tags: Record<Marker, { name: string; priority: number }> = {
  FirstOfDay: { name: "Daily", priority: 25 },
  FirstOfWeek: { name: "Weekly", priority: 20 },
  FirstOfMonth: { name: "Monthly", priority: 15 },
  FirstOfYear: { name: "Yearly", priority: 10 },
};

const defaultTag = { name: "Default", isDefault: true, priority: 99, criteria: [] };

type Entry = ShortForm["retention"][number] & { path: string; store: DataStoreType };

/** What the short form means for a data source, whether or not the data source can do it. */
export function contentOfShortForm(source: DataSource, { schedule, retention }: ShortForm): PolicyContent {
  const { scheduled, continuous } = source;
  const usual = schedule || !continuous ? scheduled.store : continuous.store;
  const entries = retention.map((entry, index): Entry => {
    return { ...entry, store: entry.store ?? usual, path: `retention[${index}]` };
  });
  const isContinuous = ({ store }: Entry) => continuous !== undefined && store === continuous.store;
  const used = markers.filter((marker) => entries.some(({ of }) => of === marker));
  const general = entries.filter(({ of }) => of === undefined);
  const usualKeep = general.find(({ store }) => store === scheduled.store);
  return {
    schedules: schedule ? [scheduleOf(source, schedule, entries, used)] : [],
    retention: [
      ...general.filter(isContinuous).map((entry) => ({
        path: entry.path,
        name: continuous?.ruleName ?? "",
        isDefault: true,
        lifecycles: [lifecycleOf(entry)],
      })),
      ...rulesOf(
        source,
        "Default",
        true,
        general.filter((entry) => !isContinuous(entry)),
        usualKeep,
      ),
      ...used.flatMap((marker) =>
        rulesOf(
          source,
          tags[marker].name,
          false,
          entries.filter(({ of }) => of === marker),
          usualKeep,
        ),
      ),
    ],
  };
}

function rulesOf(
  { scheduled }: DataSource,
  name: string,
  isDefault: boolean,
  entries: Entry[],
  usualKeep: Entry | undefined,
): RetentionRule[] {
  const [first] = entries;
  if (!first) return [];
  const copied = entries.filter(({ store }) => scheduled.copiedTo.includes(store));
  const others = entries.filter((entry) => !copied.includes(entry));
  // A copy needs the backup that it is made of, which stays as long as the policy keeps backups otherwise.
  const isLeftOut = copied.length > 0 && others.length === 0 && usualKeep !== undefined;
  const sources = isLeftOut ? [{ ...usualKeep, path: first.path }] : others;
  const copies = copied.map(({ store, path }): Copy => ({ path, store, after: "Immediate" }));
  const lifecycles = [
    ...sources.map((entry) => ({ ...lifecycleOf(entry), ...(entry.store === scheduled.store && { copies }) })),
    ...copied.map(lifecycleOf),
  ];
  return [{ path: first.path, name, isDefault, lifecycles }];
}

const lifecycleOf = ({ path, store, keep }: Entry): Lifecycle => ({ path, store, keep, copies: [] });

const names: Record<string, string> = { P1D: "BackupDaily", P1W: "BackupWeekly" };

function scheduleOf(
  { scheduled }: DataSource,
  { every, at, on, timeZone: zone }: NonNullable<ShortForm["schedule"]>,
  entries: Entry[],
  used: Marker[],
): Schedule {
  const days = every === "P1W" ? (on ?? []) : [];
  const dates = days.length > 0 ? weekdays.filter((day) => days.includes(day)).map(dateOf) : [firstSunday];
  const marked = used.map((marker): Tag => {
    const { name, priority } = tags[marker];
    const path = entries.find(({ of }) => of === marker)?.path ?? "retention";
    return { path, name, isDefault: false, priority, criteria: [{ absoluteCriteria: [marker] }] };
  });
  const named = zone ?? "UTC";
  return {
    path: "schedule",
    name: names[every] ?? "BackupHourly",
    store: scheduled.store,
    backupType: scheduled.backupType,
    times: dates.map((date) => ({
      path: "schedule.every",
      date,
      time: `${at}:00`,
      offset: offsetOf(named, date),
      every,
    })),
    timeZone: named,
    tags: [{ path: "retention", ...defaultTag }, ...marked],
  };
}

const dateOf = (day: Weekday): string =>
  `2024-01-${String(Number(firstSunday.slice(-2)) + weekdays.indexOf(day)).padStart(2, "0")}`;

/** The short form of what a policy does. Undefined where the short form cannot say it all. */
export function shortFormOf(source: DataSource, content: PolicyContent): ShortForm | undefined {
  const { scheduled, continuous } = source;
  const [backup, ...more] = content.schedules;
  if (more.length > 0) return undefined;
  const retention = content.retention.flatMap(({ name, isDefault, lifecycles }) => {
    const marker = markers.find((each) => tags[each].name === name);
    const isLeftOut = (each: Lifecycle) =>
      !isDefault && each.copies.length > 0 && each.keep === usualKeep(content, source) && lifecycles.length > 1;
    return lifecycles
      .filter((each) => !isLeftOut(each))
      .map(({ keep, store }) => ({
        keep,
        ...(!isDefault && marker && { of: marker }),
        ...(store !== (backup || !continuous ? scheduled.store : continuous.store) && { store }),
      }));
  });
  const written = { ...(backup && { schedule: shortSchedule(backup) }), retention } as ShortForm;
  return isValid(shortForm, written) && isSameContent(contentOfShortForm(source, written), content)
    ? written
    : undefined;
}

const usualKeep = ({ retention }: PolicyContent, { scheduled }: DataSource): string | undefined =>
  retention
    .find(({ name, isDefault }) => isDefault && name === "Default")
    ?.lifecycles.find(({ store }) => store === scheduled.store)?.keep;

function shortSchedule({ times, timeZone: zone }: Schedule) {
  const { every = "", time = "" } = times[0] ?? {};
  return {
    every,
    at: time.slice(0, 5),
    ...(every === "P1W" && { on: times.flatMap(({ date }) => weekday(date) ?? []) }),
    ...(zone !== undefined && zone !== "UTC" && { timeZone: zone }),
  };
}

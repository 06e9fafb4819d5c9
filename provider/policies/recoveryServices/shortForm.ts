import { isUnknown } from "../../vaults/unknowns.js";
import { fields, flag, isValid, list, type Of, oneOf, text, wholeNumber } from "../../vaults/values.js";
import { type Weekday, weekdays } from "../content.js";
import { retentionPeriod } from "../periods.js";
import { checkDays, timeOfDay } from "../shortForm.js";
import { timeZone } from "../timeZones.js";
import { isSameContent, months, type PolicyContent, type Retention, type SubBackup, weeks } from "./content.js";
import { intervals, type LogInterval, logIntervals, type Tier, type VariantName } from "./workloads.js";

const days = list(oneOf(...weekdays));

export const hoursOf = (duration: string): number => Number(/^PT(\d{1,2})H$/.exec(duration)?.[1] ?? 0);

const windowDuration = text("must be a number of hours from PT4H to PT24H", (given) =>
  hoursOf(given) >= 4 && hoursOf(given) <= 24 ? given : undefined,
);

/** The form that people read and write. */
export const schedule = fields(
  { every: oneOf(...intervals), at: timeOfDay, on: days, timeZone, windowDuration },
  ["every", "at"],
  (value, path, problems) => {
    checkDays(value, path, problems);
    const { every, windowDuration: window } = value;
    if (isUnknown(every) || window === undefined || String(every).startsWith("PT")) return;
    problems.push({ path: `${path}.windowDuration`, expected: "belongs to hourly backups only" });
  },
);

/** Which backups an entry is for. The tier that Azure keeps them in follows from it. */
const which = fields({
  daysOfTheWeek: days,
  weeksOfTheMonth: list(oneOf(...weeks)),
  daysOfTheMonth: list(wholeNumber("a month's days")),
  lastDayOfTheMonth: flag,
  monthsOfYear: list(oneOf(...months)),
});

export const retention = list(fields({ keep: retentionPeriod, of: which }, ["keep"]));

const onDays = fields({ on: days, at: timeOfDay, keep: retentionPeriod }, ["on", "at", "keep"]);
export const differential = onDays;
export const incremental = onDays;

export const log = fields({ every: oneOf(...(Object.keys(logIntervals) as LogInterval[])), keep: retentionPeriod }, [
  "every",
  "keep",
]);

/** The arguments of the short form, without those that both forms have. */
export interface ShortForm {
  policyType?: "V1" | "V2";
  schedule: Of<typeof schedule>;
  retention: Of<typeof retention>;
  instantRpRetentionRangeInDays?: number;
  snapshotRetentionInDays?: number;
  differential?: Of<typeof differential>;
  incremental?: Of<typeof incremental>;
  log?: Of<typeof log>;
  isCompression?: boolean;
}

type Which = Of<typeof which>;

function tierOf({ daysOfTheWeek, weeksOfTheMonth, daysOfTheMonth, lastDayOfTheMonth, monthsOfYear }: Which): Tier {
  if (monthsOfYear) return "yearly";
  if (weeksOfTheMonth || daysOfTheMonth || lastDayOfTheMonth) return "monthly";
  return daysOfTheWeek ? "weekly" : "daily";
}

/** The window that Microsoft's portal proposes. */
const usualWindow = 24;

/** What the short form means, whether or not the workload can do it. */
export function contentOfShortForm(
  variant: VariantName,
  snapshots: Pick<PolicyContent, "snapshotDays">,
  { schedule: given, retention: entries, differential: some, incremental: others, log: logs, isCompression }: ShortForm,
): PolicyContent {
  const { every, at, on = [], timeZone: zone = "UTC", windowDuration: window } = given;
  const isHourly = every.startsWith("PT");
  const besides = { Differential: some, Incremental: others };
  return {
    variant,
    timeZone: zone,
    main: {
      schedule: {
        path: "schedule",
        every,
        at,
        on,
        ...(isHourly && { windowHours: window === undefined ? usualWindow : hoursOf(window) }),
      },
      retention: entries.map((entry, index) => retentionOf(entry, `retention[${index}]`, on)),
    },
    also: [
      ...Object.entries(besides).flatMap(([type, each]): SubBackup[] =>
        each ? [{ path: type.toLowerCase(), type: type as keyof typeof besides, ...each }] : [],
      ),
      ...(logs ? [{ path: "log", type: "Log" as const, on: [], ...logs }] : []),
    ],
    ...snapshots,
    isCompression: isCompression ?? false,
    otherTimes: [],
    more: {},
  };
}

/** Without `of`, an entry is for all backups: those of each day, or those of each week. */
function retentionOf({ keep, of }: ShortForm["retention"][number], path: string, on: Weekday[]): Retention {
  const asked: Which = of ?? (on.length > 0 ? { daysOfTheWeek: on } : {});
  const { daysOfTheWeek = [], weeksOfTheMonth = [], daysOfTheMonth = [], lastDayOfTheMonth, monthsOfYear = [] } = asked;
  return {
    path,
    tier: tierOf(asked),
    keep,
    days: daysOfTheWeek,
    weeks: weeksOfTheMonth,
    dates: [...daysOfTheMonth, ...(lastDayOfTheMonth ? ["Last" as const] : [])],
    months: monthsOfYear,
  };
}

/** The short form of what a policy does. Undefined where the short form cannot say it all. */
export function shortFormOf(content: PolicyContent): ShortForm | undefined {
  const { variant, timeZone: zone, main, also, snapshotDays, isCompression } = content;
  const { every, at, on, windowHours } = main.schedule;
  const short = {
    ...(variant === "V2" && { policyType: variant }),
    schedule: {
      every,
      at,
      ...(on.length > 0 && { on }),
      ...(zone !== "UTC" && { timeZone: zone }),
      ...(windowHours !== undefined && windowHours !== usualWindow && { windowDuration: `PT${windowHours}H` }),
    },
    retention: main.retention.map(({ tier, keep, ...each }) => {
      const isAll = tier === "daily" || (tier === "weekly" && isSameList(each.days, on));
      return { keep, ...(!isAll && { of: whichOf(each) }) };
    }),
    ...(snapshotDays !== undefined && {
      [variant === "Vaulted" ? "snapshotRetentionInDays" : "instantRpRetentionRangeInDays"]: snapshotDays,
    }),
    ...Object.fromEntries(also.map(({ path: _, type, ...each }) => [type.toLowerCase(), subFormOf(each)])),
    ...(isCompression && { isCompression }),
  } as ShortForm;
  const isAll = isSameContent(
    contentOfShortForm(variant, snapshotDays === undefined ? {} : { snapshotDays }, short),
    content,
  );
  return isAll && isSayable(short) ? short : undefined;
}

/** Azure has policies that it would not take any more, with a time zone or an interval that no program can give. */
const isSayable = ({ schedule: when, retention: kept, log: logs }: ShortForm): boolean =>
  isValid(schedule, when) && isValid(retention, kept) && (logs === undefined || isValid(log, logs));

const subFormOf = ({ every, at, on, keep }: Omit<SubBackup, "path" | "type">) =>
  every === undefined ? { on, at, keep } : { every, keep };

function whichOf({
  days: ofWeek,
  weeks: ofMonth,
  dates,
  months: ofYear,
}: Omit<Retention, "path" | "tier" | "keep">): Which {
  const daysOfTheMonth = dates.filter((date) => date !== "Last");
  return {
    ...(ofWeek.length > 0 && { daysOfTheWeek: ofWeek }),
    ...(ofMonth.length > 0 && { weeksOfTheMonth: ofMonth }),
    ...(daysOfTheMonth.length > 0 && { daysOfTheMonth }),
    ...(dates.includes("Last") && { lastDayOfTheMonth: true }),
    ...(ofYear.length > 0 && { monthsOfYear: ofYear }),
  };
}

const isSameList = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

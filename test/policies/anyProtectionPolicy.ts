import fc from "fast-check";
import { type Weekday, weekdays } from "../../provider/policies/content.js";
import { type Month, months, type Week, weeks } from "../../provider/policies/recoveryServices/content.js";
import {
  type Tier,
  type Variant,
  type VariantName,
  variantOf,
  type WorkloadName,
  workloadNames,
  workloadOf,
} from "../../provider/policies/recoveryServices/workloads.js";

type Policy = Record<string, unknown>;

const some = <T>(all: readonly T[]) => fc.subarray([...all], { minLength: 1 });
const at = fc.constantFrom("00:00", "02:30", "23:00");

const inRange = ([least, most]: readonly [number, number], unit: string) =>
  fc.integer({ min: least, max: Math.min(most, least + 40) }).map((count) => `P${count}${unit}`);

/** Some of the tiers that keep backups for longer: only on days that have a backup. */
function tiersOf({ keep }: Variant, days: readonly Weekday[], isWeekly: boolean) {
  const inWeeks = fc.record({ daysOfTheWeek: some<Weekday>(days), weeksOfTheMonth: some<Week>(weeks) });
  const inMonth = fc.oneof(
    fc.record({ daysOfTheMonth: some([1, 15, 28]) }),
    fc.record({ daysOfTheMonth: some([2]), lastDayOfTheMonth: fc.constant(true) }),
  );
  const which = isWeekly ? inWeeks : fc.oneof(inWeeks, inMonth);
  const entry = (tier: Tier, unit: string, of: fc.Arbitrary<object>) =>
    fc.record({ keep: inRange(keep[tier], unit), of });
  return fc
    .tuple(
      isWeekly
        ? fc.constant(undefined)
        : fc.option(entry("weekly", "W", fc.record({ daysOfTheWeek: some<Weekday>(days) }))),
      fc.option(entry("monthly", "M", which)),
      fc.option(
        entry(
          "yearly",
          "Y",
          fc.tuple(which, some<Month>(months)).map(([of, monthsOfYear]) => ({ ...of, monthsOfYear })),
        ),
      ),
    )
    .map((entries) => entries.filter((each) => each != null));
}

const timeZone = fc.constantFrom("UTC", "W. Europe Standard Time", "India Standard Time");

function scheduled(variant: Variant, every: string): fc.Arbitrary<Policy> {
  const isWeekly = every === "P1W";
  const hours = Number(/^PT(\d+)H/.exec(every)?.[1] ?? 0);
  const windows = [1, 2, 3, 4, 6].map((times) => times * hours).filter((each) => each >= 4 && each <= 24);
  // Hourly snapshots of file shares are so many that few days are left.
  const least = variant.keep[isWeekly ? "weekly" : "daily"];
  const keep =
    hours > 0 && variant.mostBackups !== undefined
      ? inRange([1, 10], "D")
      : inRange(variant.snapshots?.argument === "snapshotRetentionInDays" ? [9, 200] : least, isWeekly ? "W" : "D");
  return (isWeekly ? some<Weekday>(weekdays) : fc.constant<Weekday[]>([])).chain((on) =>
    fc
      .record({
        schedule: fc.record({
          every: fc.constant(every),
          at,
          timeZone,
          ...(isWeekly && { on: fc.constant(on) }),
          ...(hours > 0 && { windowDuration: fc.constantFrom(...windows.map((each) => `PT${each}H`)) }),
        }),
        keep,
        more: tiersOf(variant, isWeekly ? on : weekdays, isWeekly),
      })
      .map(({ schedule, keep: usual, more }) => ({ schedule, retention: [{ keep: usual }, ...more] })),
  );
}

const variantArguments: Record<VariantName, fc.Arbitrary<Policy>> = {
  V1: fc.constant({}),
  V2: fc.constant({ policyType: "V2" }),
  Snapshot: fc.constant({}),
  Vaulted: fc.integer({ min: 1, max: 8 }).map((snapshotRetentionInDays) => ({ snapshotRetentionInDays })),
  Streaming: fc.record({ isCompression: fc.boolean() }),
};

/** The other backups of a database, on the days without full ones. */
function alsoOf(name: WorkloadName, { schedule }: Policy): fc.Arbitrary<Policy> {
  const { also, needsLog } = workloadOf(name);
  const { every, on = [] } = schedule as { every: string; on?: Weekday[] };
  const free = weekdays.filter((day) => !on.includes(day));
  const others = (["Differential", "Incremental"] as const).filter(
    (type) => also[type] && every === "P1W" && free.length > 0,
  );
  const other = fc.constantFrom(undefined, ...others).chain((type) => {
    const range = type && also[type];
    if (!type || !range) return fc.constant({});
    return fc.record({ [type.toLowerCase()]: fc.record({ on: some<Weekday>(free), at, keep: inRange(range, "D") }) });
  });
  const logs = also.Log
    ? fc.record({ log: fc.record({ every: fc.constantFrom("PT15M", "PT2H", "P1D"), keep: inRange(also.Log, "D") }) })
    : fc.constant({});
  return fc.tuple(other, needsLog ? logs : fc.oneof(logs, fc.constant({}))).map(([a, b]) => ({ ...a, ...b }));
}

/** Any policy that a data source of a Recovery Services vault can have, in the short form. */
export const anyProtectionPolicyOf = (dataSource: WorkloadName): fc.Arbitrary<Policy> =>
  fc.constantFrom(...(Object.keys(workloadOf(dataSource).variants) as VariantName[])).chain((name) => {
    const variant = variantOf(dataSource, name) as Variant;
    return fc
      .constantFrom(...variant.every)
      .chain((every) => scheduled(variant, every))
      .chain((planned) =>
        fc
          .tuple(variantArguments[name], alsoOf(dataSource, planned))
          .map(([mine, also]) => ({ policyName: "daily", dataSource, ...planned, ...mine, ...also })),
      );
  });

export const anyProtectionPolicy = fc.constantFrom(...workloadNames).chain(anyProtectionPolicyOf);

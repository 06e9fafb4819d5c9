import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { aligned, codes, holdings, meant, vault } from "./transitions.js";

const withBoth = (redundancy: string, crossRegionRestore: string): Vault => ({
  ...vault,
  redundancy: meant(redundancy) as Maybe<string>,
  crossRegionRestore: meant(crossRegionRestore) as Maybe<string>,
});

test("a new vault: cross-region restore needs geo-redundancy", () => {
  const redundancies = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant", "absent", "unknown", "Future"];
  const restores = ["Enabled", "Disabled", "absent", "unknown", "Future"];
  const cell = (redundancy: string, restore: string) =>
    codes({ after: withBoth(redundancy, restore) })
      .filter((verdict) => verdict.endsWith("crr-needs-geo"))
      .map((verdict) => verdict.split(" ")[0])
      .join() || "-";
  const rows = redundancies.map((redundancy) => [redundancy, ...restores.map((restore) => cell(redundancy, restore))]);
  expect(`\n${aligned([["", ...restores], ...rows])}\n`).toBe(`
                 | Enabled   | Disabled | absent | unknown   | Future
LocallyRedundant | refuse    | -        | -      | undecided | -
ZoneRedundant    | refuse    | -        | -      | undecided | -
GeoRedundant     | -         | -        | -      | -         | -
absent           | undecided | -        | -      | undecided | -
unknown          | undecided | -        | -      | undecided | -
Future           | undecided | -        | -      | undecided | -
`);
});

test("an existing vault is judged when one of the two changes", () => {
  const facts = holdings.empty;
  const before = withBoth("GeoRedundant", "Enabled");
  expect(codes({ before, after: withBoth("LocallyRedundant", "Enabled"), facts })).toEqual(["refuse crr-needs-geo"]);
  expect(codes({ before, after: withBoth("LocallyRedundant", "Disabled"), facts })).toEqual([
    "refuse crr-after-protection",
  ]);
  expect(codes({ before: withBoth("LocallyRedundant", "Disabled"), after: before, facts })).toEqual([
    "warn one-way-change",
  ]);
  const odd = withBoth("LocallyRedundant", "Enabled");
  expect(codes({ before: odd, after: { ...odd, immutability: "Unlocked" }, facts })).toEqual([]);
  expect(codes({ before: odd, after: { ...odd, redundancy: unknown }, facts })).toEqual(["undecided crr-needs-geo"]);
});

import { allJudged, creationsOf, type Pair, pairsOf, type States } from "./agreement.js";
import { type BothSides, bothSides } from "./bothSides.js";
import { countsOf, deviationsOf, tableOf } from "./tables.js";

let sides: BothSides;
beforeAll(async () => {
  sides = await bothSides();
});
afterAll(() => sides.close());

const named = (names: readonly string[]): Pair[] =>
  names.map((vaultName) => ({ from: "new vault", to: vaultName, after: {}, vaultName }));

test("names that a vault can have", async () => {
  const names = ["ab", "a".repeat(50), "payroll-2", "Payroll", "pay--roll"];
  const results = await allJudged(sides, named(names));
  expect(countsOf(results)).toEqual({ "both make the change": 5 });
});

test("names that no vault can have", async () => {
  const names = ["a", "a".repeat(51), "pay_roll", "pay.roll", "pay roll", "p\u00e4yroll"];
  const results = await allJudged(sides, named(names));
  expect(countsOf(results)).toEqual({ "vault-name-invalid": 6 });
});

test("names that Azure takes and we do not: what lies in such a vault has no valid address", async () => {
  const results = await allJudged(sides, named(["2payroll", "-payroll", "payroll-"]));
  expect(deviationsOf(results)).toEqual({
    "ours vaultName must start with a letter and end with a letter or digit., Azure makes it": [
      "new vault -> 2payroll",
      "new vault -> -payroll",
      "new vault -> payroll-",
    ],
  });
});

const stores = ["VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"];
const redundancies = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"];

test("a new vault's datastore type and redundancy", async () => {
  const pairs = stores.flatMap((datastoreType) =>
    redundancies.map(
      (redundancy): Pair => ({ from: datastoreType, to: redundancy, after: { datastoreType, redundancy } }),
    ),
  );
  expect(tableOf(await allJudged(sides, pairs))).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant
VaultStore       | -                | -             | -
OperationalStore | -                | -             | -
ArchiveStore     | no               | no            | no
SnapshotStore    | no               | no            | no
`);
});

const retentions = (state: string, days: readonly number[]): States => ({
  [state]: { softDelete: { state } },
  ...Object.fromEntries(
    days.map((retentionDurationInDays) => [
      `${state} ${retentionDurationInDays}`,
      { softDelete: { state, retentionDurationInDays } },
    ]),
  ),
});

const possible: States = {
  absent: {},
  ...retentions("Off", [14, 180]),
  ...retentions("On", [14, 180]),
  ...retentions("AlwaysOn", [14, 180]),
};

test("the retention of soft delete that is on", async () => {
  const wanted = retentions("On", [0, 13, 14, 100, 180, 181]);
  expect(tableOf(await allJudged(sides, [...creationsOf(wanted), ...pairsOf(possible, wanted)]))).toBe(`
from \\ to    | On | On 0 | On 13 | On 14 | On 100 | On 180 | On 181
new vault    | -  | no   | no    | -     | -      | -      | no
absent       | -  | no   | no    | -     | -      | -      | no
Off          | -  | no   | no    | -     | -      | -      | no
Off 14       | -  | no   | no    | -     | -      | -      | no
Off 180      | -  | no   | no    | -     | -      | -      | no
On           | -  | no   | no    | -     | -      | -      | no
On 14        | -  | no   | no    | -     | -      | -      | no
On 180       | -  | no   | no    | -     | -      | -      | no
AlwaysOn     | no | no   | no    | no    | no     | no     | no
AlwaysOn 14  | no | no   | no    | no    | no     | no     | no
AlwaysOn 180 | no | no   | no    | no    | no     | no     | no
`);
});

test("the retention of soft delete that is always on", async () => {
  const wanted = retentions("AlwaysOn", [0, 13, 14, 100, 180, 181]);
  expect(tableOf(await allJudged(sides, [...creationsOf(wanted), ...pairsOf(possible, wanted)]))).toBe(`
from \\ to    | AlwaysOn | AlwaysOn 0 | AlwaysOn 13 | AlwaysOn 14 | AlwaysOn 100 | AlwaysOn 180 | AlwaysOn 181
new vault    | -        | no         | no          | -           | -            | -            | no
absent       | -        | no         | no          | -           | -            | -            | no
Off          | -        | no         | no          | -           | -            | -            | no
Off 14       | -        | no         | no          | -           | -            | -            | no
Off 180      | -        | no         | no          | -           | -            | -            | no
On           | -        | no         | no          | -           | -            | -            | no
On 14        | -        | no         | no          | -           | -            | -            | no
On 180       | -        | no         | no          | -           | -            | -            | no
AlwaysOn     | -        | no         | no          | -           | -            | -            | no
AlwaysOn 14  | -        | no         | no          | -           | -            | -            | no
AlwaysOn 180 | -        | no         | no          | -           | -            | -            | no
`);
});

test("the retention of soft delete that is off", async () => {
  const off = retentions("Off", [14, 180]);
  const results = await allJudged(sides, pairsOf(off, retentions("Off", [0, 13, 14, 180, 181])));
  expect(tableOf(results)).toBe(`
from \\ to | Off | Off 0 | Off 13 | Off 14 | Off 180 | Off 181
Off       | -   | ours  | no     | -      | -       | no
Off 14    | -   | ours  | no     | -      | -       | no
Off 180   | -   | ours  | no     | -      | -       | no
`);
  // Clients that leave the retention out send 0 with Off, so the emulator takes it. Nobody has to write that.
  expect(deviationsOf(results)).toEqual({
    "ours retention-out-of-range, Azure makes it": ["Off -> Off 0", "Off 14 -> Off 0", "Off 180 -> Off 0"],
  });
});

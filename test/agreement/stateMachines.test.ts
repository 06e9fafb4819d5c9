import { allJudged, creationsOf, pairsOf, productOf, type States } from "./agreement.js";
import { type BothSides, bothSides } from "./bothSides.js";
import { type Holding, protections } from "./existingVault.js";
import { tableOf } from "./tables.js";

let sides: BothSides;
beforeAll(async () => {
  sides = await bothSides();
});
afterAll(() => sides.close());

const immutability: States = {
  absent: {},
  Disabled: { immutability: "Disabled" },
  Unlocked: { immutability: "Unlocked" },
  Locked: { immutability: "Locked" },
};

test.each(protections)("immutability of a vault that holds %s", async (holds) => {
  expect(tableOf(await allJudged(sides, productOf(immutability, { holds })))).toBe(`
from \\ to | absent | Disabled | Unlocked | Locked
new vault | -      | -        | -        | -
absent    | -      | -        | -        | -
Disabled  | -      | -        | -        | -
Unlocked  | -      | -        | -        | -
Locked    | no     | no       | no       | -
`);
});

const crossSubscriptionRestore: States = {
  absent: {},
  Enabled: { crossSubscriptionRestore: "Enabled" },
  Disabled: { crossSubscriptionRestore: "Disabled" },
  PermanentlyDisabled: { crossSubscriptionRestore: "PermanentlyDisabled" },
};

test.each(protections)("cross-subscription restore of a vault that holds %s", async (holds) => {
  expect(tableOf(await allJudged(sides, productOf(crossSubscriptionRestore, { holds })))).toBe(`
from \\ to           | absent | Enabled | Disabled | PermanentlyDisabled
new vault           | -      | -       | -        | -
absent              | -      | -       | -        | -
Enabled             | -      | -       | -        | -
Disabled            | -      | -       | -        | -
PermanentlyDisabled | no     | no      | no       | -
`);
});

const softDelete: States = {
  absent: {},
  Off: { softDelete: { state: "Off", retentionDurationInDays: 14 } },
  On: { softDelete: { state: "On", retentionDurationInDays: 14 } },
  AlwaysOn: { softDelete: { state: "AlwaysOn", retentionDurationInDays: 14 } },
};

test.each(protections)("soft delete of a vault that holds %s", async (holds) => {
  expect(tableOf(await allJudged(sides, productOf(softDelete, { holds })))).toBe(`
from \\ to | absent | Off | On | AlwaysOn
new vault | -      | -   | -  | -
absent    | -      | -   | -  | -
Off       | -      | -   | -  | -
On        | -      | -   | -  | -
AlwaysOn  | no     | no  | no | -
`);
});

test.each(protections)("soft delete, where it can no longer be turned off, of a vault that holds %s", async (holds) => {
  const there = Object.entries(softDelete).map(([name, vault]) => [name, { ...vault, location: "eastasia" }]);
  expect(tableOf(await allJudged(sides, productOf(Object.fromEntries(there), { holds })))).toBe(`
from \\ to | absent | Off | On | AlwaysOn
new vault | -      | no  | -  | -
absent    | -      | no  | -  | -
Off       | -      | -   | -  | -
On        | -      | no  | -  | -
AlwaysOn  | no     | no  | no | -
`);
});

const redundancy: States = {
  LocallyRedundant: { redundancy: "LocallyRedundant" },
  ZoneRedundant: { redundancy: "ZoneRedundant" },
  GeoRedundant: { redundancy: "GeoRedundant" },
};

test("redundancy of an empty vault", async () => {
  expect(tableOf(await allJudged(sides, productOf(redundancy)))).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant
new vault        | -                | -             | -
LocallyRedundant | -                | -             | -
ZoneRedundant    | -                | -             | -
GeoRedundant     | -                | -             | -
`);
});

test.each(["a backup instance", "a soft-deleted instance"] as const)(
  "redundancy of a vault that holds %s",
  async (holds) => {
    expect(tableOf(await allJudged(sides, productOf(redundancy, { holds })))).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant
new vault        | -                | -             | -
LocallyRedundant | -                | no            | no
ZoneRedundant    | no               | -             | no
GeoRedundant     | no               | no            | -
`);
  },
);

const restorable: States = {
  geo: { redundancy: "GeoRedundant" },
  "geo off": { redundancy: "GeoRedundant", crossRegionRestore: "Disabled" },
  "geo on": { redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
  zone: { redundancy: "ZoneRedundant" },
  "zone off": { redundancy: "ZoneRedundant", crossRegionRestore: "Disabled" },
  local: { redundancy: "LocallyRedundant" },
  "local off": { redundancy: "LocallyRedundant", crossRegionRestore: "Disabled" },
};

const crossRegionRestore: States = {
  ...restorable,
  "zone on": { redundancy: "ZoneRedundant", crossRegionRestore: "Enabled" },
  "local on": { redundancy: "LocallyRedundant", crossRegionRestore: "Enabled" },
};

const crossRegionProduct = (holds: Holding) => [
  ...creationsOf(crossRegionRestore),
  ...pairsOf(restorable, crossRegionRestore, { holds }),
];

test("cross-region restore of an empty vault", async () => {
  expect(tableOf(await allJudged(sides, crossRegionProduct("nothing")))).toBe(`
from \\ to | geo | geo off | geo on | zone | zone off | local | local off | zone on | local on
new vault | -   | -       | -      | -    | -        | -     | -         | no      | no
geo       | -   | -       | -      | -    | -        | -     | -         | no      | no
geo off   | -   | -       | -      | -    | -        | -     | -         | no      | no
geo on    | no  | no      | -      | no   | no       | no    | no        | no      | no
zone      | -   | -       | -      | -    | -        | -     | -         | no      | no
zone off  | -   | -       | -      | -    | -        | -     | -         | no      | no
local     | -   | -       | -      | -    | -        | -     | -         | no      | no
local off | -   | -       | -      | -    | -        | -     | -         | no      | no
`);
});

test.each(["a backup instance", "a soft-deleted instance"] as const)(
  "cross-region restore of a vault that holds %s",
  async (holds) => {
    expect(tableOf(await allJudged(sides, crossRegionProduct(holds)))).toBe(`
from \\ to | geo | geo off | geo on | zone | zone off | local | local off | zone on | local on
new vault | -   | -       | -      | -    | -        | -     | -         | no      | no
geo       | -   | -       | -      | no   | no       | no    | no        | no      | no
geo off   | -   | -       | -      | no   | no       | no    | no        | no      | no
geo on    | no  | no      | -      | no   | no       | no    | no        | no      | no
zone      | no  | no      | no     | -    | -        | no    | no        | no      | no
zone off  | no  | no      | no     | -    | -        | no    | no        | no      | no
local     | no  | no      | no     | no   | no       | -     | -         | no      | no
local off | no  | no      | no     | no   | no       | -     | -         | no      | no
`);
  },
);

import { allJudged, type Pair, type States } from "./agreement.js";
import { type BothSides, bothSides } from "./bothSides.js";
import { holdings } from "./existingVault.js";
import { deviationsOf, tableOf } from "./tables.js";

let sides: BothSides;
beforeAll(async () => {
  sides = await bothSides();
});
afterAll(() => sides.close());

const vaults: States = {
  absent: {},
  Unlocked: { immutability: "Unlocked" },
  Locked: { immutability: "Locked" },
  Off: { softDelete: { state: "Off", retentionDurationInDays: 14 } },
  AlwaysOn: { softDelete: { state: "AlwaysOn", retentionDurationInDays: 180 } },
  "Locked AlwaysOn": { immutability: "Locked", softDelete: { state: "AlwaysOn", retentionDurationInDays: 14 } },
  "generally available": { location: "eastasia" },
};

const deletionsOf = (states: States, more: Partial<Pair> = {}): Pair[] =>
  Object.entries(states).flatMap(([from, before]) =>
    holdings.map((holds) => ({ from, to: holds, before, holds, ...more })),
  );

test("a vault is deleted", async () => {
  expect(tableOf(await allJudged(sides, deletionsOf(vaults)))).toBe(`
from \\ to           | nothing | a backup instance | a soft-deleted instance | a policy
absent              | -       | no                | -                       | -
Unlocked            | -       | no                | -                       | -
Locked              | -       | no                | -                       | -
Off                 | -       | no                | -                       | -
AlwaysOn            | -       | no                | -                       | -
Locked AlwaysOn     | -       | no                | -                       | -
generally available | -       | no                | -                       | -
`);
});

const regions: States = {
  "in preview": { location: "westeurope" },
  "generally available": { location: "australiaeast" },
};

test.each(["2025-09-01", "2026-06-01", "2026-08-31-preview"])(
  "a vault is deleted by api-version %s",
  async (apiVersion) => {
    expect(tableOf(await allJudged(sides, deletionsOf(regions, { apiVersion })))).toBe(`
from \\ to           | nothing | a backup instance | a soft-deleted instance | a policy
in preview          | -       | no                | -                       | -
generally available | -       | no                | -                       | -
`);
  },
);

test.each(["2023-05-01", "2024-04-01", "2025-07-01"])("a vault is deleted by api-version %s", async (apiVersion) => {
  const results = await allJudged(sides, deletionsOf(regions, { apiVersion }));
  expect(tableOf(results)).toBe(`
from \\ to           | nothing | a backup instance | a soft-deleted instance | a policy
in preview          | -       | no                | no                      | -
generally available | -       | no                | -                       | -
`);
  expect(deviationsOf(results)).toEqual({});
});

test("a vault that is being moved, and one that was", async () => {
  const move = (from: string, resourceMoveState: string): Pair[] =>
    [{ to: "Locked", after: { immutability: "Locked" } }, { to: "deleted" }].map((pair) => ({
      ...pair,
      from,
      before: {},
      arrange: (id: string) => sides.emulator.setVault(id, { properties: { resourceMoveState } }),
    }));
  const results = await allJudged(sides, [...move("moving", "InProgress"), ...move("moved", "MoveSucceeded")]);
  expect(tableOf(results)).toBe(`
from \\ to | Locked | deleted
moving    | no     | no
moved     | -      | -
`);
});

import { allJudged, type Pair } from "./agreement.js";
import { type BothSides, bothSides, groupName } from "./bothSides.js";
import type { ProgramVault } from "./programVault.js";
import { tableOf } from "./tables.js";

let sides: BothSides;
let group: string;
let changes: Record<string, [before: ProgramVault, after: ProgramVault]>;

beforeAll(async () => {
  sides = await bothSides();
  const { emulator } = sides;
  group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}`;
  const { id, properties } = emulator.createUserAssignedIdentity(groupName, "id-a");
  const keyVault = emulator.createKeyVault(groupName, "kv-payroll");
  emulator.grant(keyVault.id, properties.principalId);
  const key = (name: string): ProgramVault => {
    const [keyUri] = emulator.createKey(keyVault.id, name).split(/(?<=\/keys\/\w+)\//);
    return { identities: [id], encryption: { keyUri, identity: id } };
  };
  const [one, two] = [key("one"), key("two")];
  const soft = (state: string): ProgramVault => ({ softDelete: { state, retentionDurationInDays: 14 } });
  changes = {
    "Unlocked -> Disabled": [{ immutability: "Unlocked" }, { immutability: "Disabled" }],
    "Unlocked -> absent": [{ immutability: "Unlocked" }, {}],
    "Unlocked -> Locked": [{ immutability: "Unlocked" }, { immutability: "Locked" }],
    "Disabled -> Unlocked": [{ immutability: "Disabled" }, { immutability: "Unlocked" }],
    "Off -> On": [soft("Off"), soft("On")],
    "On -> AlwaysOn": [soft("On"), soft("AlwaysOn")],
    "no key -> key one": [{ identities: [id] }, one],
    "key one -> key two": [one, two],
    "key one -> key one": [one, { ...one, immutability: "Unlocked" }],
  };
});
afterAll(() => sides.close());

const operations = {
  immutability: ["write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
  "soft delete": ["write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests"],
  encryption: ["write#modifyEncryptionSettings", "dppModifyEncryptionSettingsRequests"],
} as const;
type Operation = keyof typeof operations;

const guardWithout = (excluded: Operation[]) =>
  `${group}/providers/Microsoft.DataProtection/resourceGuards/without-${excluded.join("-") || "none"}`;

/** A vault's guard that leaves some operations out. */
function guarded(excluded: Operation[]): (id: string) => void {
  return (id) => {
    const guard = guardWithout(excluded);
    const vaultCriticalOperationExclusionList = excluded.map(
      (name) => `Microsoft.DataProtection/backupVaults/${operations[name][0]}`,
    );
    const { emulator } = sides;
    emulator.arm("PUT", guard, { location: "westeurope", properties: { vaultCriticalOperationExclusionList } });
    const proxy = `${id}/backupResourceGuardProxies/DppResourceGuardProxy`;
    emulator.arm("PUT", proxy, { properties: { resourceGuardResourceId: guard } });
  };
}

const guards: Record<string, Operation[]> = {
  "all guarded": [],
  "immutability excluded": ["immutability"],
  "encryption excluded": ["encryption"],
  "both excluded": ["immutability", "encryption"],
};

test("what a resource guard protects a vault against", async () => {
  const pairs = Object.entries(changes).flatMap(([from, [before, after]]) =>
    Object.entries(guards).map(([to, excluded]): Pair => ({ from, to, before, after, arrange: guarded(excluded) })),
  );
  expect(tableOf(await allJudged(sides, pairs))).toBe(`
from \\ to            | all guarded | immutability excluded | encryption excluded | both excluded
Unlocked -> Disabled | no          | -                     | no                  | -
Unlocked -> absent   | no          | -                     | no                  | -
Unlocked -> Locked   | -           | -                     | -                   | -
Disabled -> Unlocked | -           | -                     | -                   | -
Off -> On            | -           | -                     | -                   | -
On -> AlwaysOn       | -           | -                     | -                   | -
no key -> key one    | no          | no                    | -                   | -
key one -> key two   | no          | no                    | -                   | -
key one -> key one   | -           | -                     | -                   | -
`);
});

test("soft delete is guarded too, where an older api-version still turns it off", async () => {
  const [before, after] = ["On", "Off"].map(
    (state): ProgramVault => ({ softDelete: { state, retentionDurationInDays: 14 } }),
  );
  const pairs = Object.entries(guards).map(
    ([to, excluded]): Pair => ({
      from: "On -> Off",
      to,
      before,
      after,
      apiVersion: "2025-07-01",
      arrange: guarded(excluded),
    }),
  );
  expect(tableOf(await allJudged(sides, pairs))).toBe(`
from \\ to | all guarded | immutability excluded | encryption excluded | both excluded
On -> Off | no          | no                    | no                  | no
`);
});

test("a request that names the operation opens the guard, and no other does", async () => {
  const requested = (name: Operation) => ({
    resourceGuardOperationRequests: [`${guardWithout([])}/${operations[name][1]}/default`],
  });
  const pairs = ["Unlocked -> Disabled", "no key -> key one", "key one -> key two"].flatMap((from) => {
    const [before, after] = changes[from] ?? [];
    return (Object.keys(operations) as Operation[]).map(
      (to): Pair => ({ from, to, before, after: { ...after, ...requested(to) }, arrange: guarded([]) }),
    );
  });
  expect(tableOf(await allJudged(sides, pairs))).toBe(`
from \\ to            | immutability | soft delete | encryption
Unlocked -> Disabled | -            | no          | no
no key -> key one    | no           | no          | -
key one -> key two   | no           | no          | -
`);
});

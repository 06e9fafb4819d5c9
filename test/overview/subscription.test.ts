import type { Emulator } from "../../emulator/index.js";
import type { Azure } from "../../provider/azure/index.js";
import { mapConcurrent, overviewsIn } from "../../provider/overview/index.js";
import { closeEmulators, emulated, idOf, vaultBody } from "../azure/emulated.js";

let emulator: Emulator;
let azure: Azure;

beforeAll(async () => {
  ({ emulator, azure } = await emulated({ pageSize: 2 }));
});
afterAll(closeEmulators);
beforeEach(() => {
  emulator.reset();
  emulator.createResourceGroup("rg");
  for (const name of ["e", "d", "c", "b", "a"]) emulator.arm("PUT", idOf(emulator, `bv-${name}`), vaultBody);
});

const subscriptionId = () => emulator.env.ARM_SUBSCRIPTION_ID;
const all = ["bv-a", "bv-b", "bv-c", "bv-d", "bv-e"];

test("all pages of a subscription's vaults are read, and progress is told", async () => {
  const progress: string[] = [];
  const onProgress = (read: number, of: number) => progress.push(`${read}/${of}`);
  const { vaults, problems } = await overviewsIn(azure, subscriptionId(), { onProgress });
  expect(vaults.map(({ vaultName }) => vaultName)).toEqual(all);
  expect(problems).toEqual([]);
  expect(progress).toEqual(["0/5", "1/5", "2/5", "3/5", "4/5", "5/5"]);
});

test("a subscription that is not registered for Recovery Services has no such vaults, which is no problem", async () => {
  emulator.arm("POST", `/subscriptions/${subscriptionId()}/providers/Microsoft.RecoveryServices/unregister`);
  const { vaults, problems } = await overviewsIn(azure, subscriptionId());
  expect(vaults).toHaveLength(all.length);
  expect(problems).toEqual([]);
});

test("a page that Azure throttles is asked for again", async () => {
  emulator.faults.add({ kind: "throttle", path: "skipToken", retryAfterSeconds: 0, times: 2 });
  const { vaults } = await overviewsIn(azure, subscriptionId());
  expect(vaults.map(({ vaultName }) => vaultName)).toEqual(all);
});

test("one vault that cannot be read leaves the others as they are", async () => {
  emulator.faults.add({ kind: "status", status: 403, path: "bv-c/", times: "always" });
  const { vaults } = await overviewsIn(azure, subscriptionId());
  expect(vaults.map(({ vaultName }) => vaultName)).toEqual(all);
  expect(vaults.filter(({ unreadable }) => unreadable.length > 0).map(({ vaultName }) => vaultName)).toEqual(["bv-c"]);
});

test("a list that may not be read is a problem, and no empty list", async () => {
  const path = `/subscriptions/${subscriptionId()}/providers/Microsoft.DataProtection/backupVaults`;
  emulator.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
  const { problems } = await overviewsIn(azure, subscriptionId());
  expect(problems).toMatchObject([{ what: `the Backup vaults of subscription ${subscriptionId()}` }]);
  expect(problems[0]?.why).toContain("AuthorizationFailed");
});

test("where no kind can be listed there is nothing to show, and that is an error", async () => {
  const other = "00000000-0000-4000-8000-000000000000";
  await expect(overviewsIn(azure, other)).rejects.toThrow(/SubscriptionNotFound/);
});

test("no more work is under way at a time than allowed, and results keep their order", async () => {
  let [now, most] = [0, 0];
  const items = Array.from({ length: 20 }, (_, index) => index);
  const results = await mapConcurrent(3, items, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((later) => setTimeout(later, item % 3));
    now -= 1;
    return item * 2;
  });
  expect(most).toBe(3);
  expect(results).toEqual(items.map((item) => item * 2));
});

import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

/** How many calls to Azure the instances of a run make. What they do is held elsewhere. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
afterAll(() => azure.close());

const vaults = 2;
const each = 20;

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg`;
const vault = (n: number) => `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-${n}`;

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  for (let n = 0; n < vaults; n++) {
    const body = { location: "westeurope", identity: { type: "SystemAssigned" }, properties: { storageSettings } };
    azure.arm("PUT", `${vault(n)}?api-version=2025-07-01`, body);
    const principalId = azure.vault(vault(n))?.identity?.principalId;
    for (const role of ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"])
      azure.grant(group(), principalId, role);
    const schedule = { every: "P1D", at: "02:00" };
    const policy = {
      vault: vault(n),
      policyName: "daily",
      dataSource: "AzureDisk",
      schedule,
      retention: [{ keep: "P7D" }],
    };
    await created(oneRun(azure).backupPolicy, policy);
  }
});

const disk = (ofVault: number, n: number, more: object = {}) => ({
  vault: vault(ofVault),
  instanceName: `disk-${n}`,
  dataSource: "AzureDisk",
  dataSourceId: `${group()}/providers/Microsoft.Compute/disks/disk-${ofVault}-${n}`,
  policyId: `${vault(ofVault)}/backupPolicies/daily`,
  snapshotResourceGroupId: group(),
  __program: { isDeployment: true },
  ...more,
});
const all = Array.from({ length: vaults * each }, (_, n) => [n % vaults, n] as const);

/** The calls since then, by kind, without those to sign in. */
function callsSince(begun: number) {
  const calls = azure
    .journal()
    .slice(begun)
    .filter(({ path }) => path.startsWith("/subscriptions/"));
  const count = (kind: (call: { method: string; path: string }) => boolean) => calls.filter(kind).length;
  return {
    writes: count(({ method }) => method !== "GET"),
    polls: count(({ path }) => path.includes("/operationStatus/")),
    ownReads: count(({ method, path }) => method === "GET" && /\/backupInstances\/[^/?]+(\?|$)/.test(path)),
    total: calls.length,
  };
}

test.each([
  [
    "one after the other",
    async (work: (() => Promise<unknown>)[]) => {
      for (const one of work) await one();
    },
  ],
  ["all at once", (work: (() => Promise<unknown>)[]) => Promise.all(work.map((one) => one()))],
])(
  "the instances of a deployment, created %s, make one write and one read each, and few calls for their vaults",
  async (_, inOrder) => {
    const run = oneRun(azure).backupInstance;
    const begun = azure.journal().length;
    await inOrder(
      all.map(
        ([ofVault, n]) =>
          () =>
            created(run, disk(ofVault, n)),
      ),
    );
    const { writes, polls, ownReads, total } = callsSince(begun);
    expect({ writes, ownReads }).toEqual({ writes: all.length, ownReads: all.length });
    // For each vault: itself, its instances, its soft-deleted ones, and the roles in the group.
    expect(total - writes - polls - ownReads).toBeLessThanOrEqual(vaults * 6);
  },
);

test("a preview of instances that do not change makes no call", async () => {
  const run = oneRun(azure).backupInstance;
  const made = await Promise.all(all.map(([ofVault, n]) => created(run, disk(ofVault, n))));
  const begun = azure.journal().length;
  const next = oneRun(azure).backupInstance;
  for (const [index, [ofVault, n]] of all.entries()) {
    const { inputs = {}, outs = {}, id = "" } = made[index] ?? {};
    const checked = await next.check(inputs, disk(ofVault, n));
    expect((await next.diff(id, outs, checked.inputs)).changes).toBe(false);
  }
  expect(azure.journal()).toHaveLength(begun);
});

describe("what was read a moment ago for another instance", () => {
  test("does not say that a role is missing which was assigned since", async () => {
    const elsewhere = `${group()}-other`;
    azure.createResourceGroup("rg-other");
    const run = oneRun(azure).backupInstance;
    const dataSourceId = `${elsewhere}/providers/Microsoft.Compute/disks/disk`;
    expect((await run.check({}, disk(0, 0, { dataSourceId }))).failures).toHaveLength(1);
    azure.grant(elsewhere, azure.vault(vault(0))?.identity?.principalId, "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24");
    const { failures } = await run.check({}, disk(0, 7, { dataSourceId: `${dataSourceId}-7` }));
    expect(failures).toEqual([]);
  });

  test("does not say that the vault has no identity which it was given since", async () => {
    azure.setVault(vault(0), { identity: { type: "None", principalId: undefined } });
    const run = oneRun(azure).backupInstance;
    expect((await run.check({}, disk(0, 0))).failures).toHaveLength(1);
    azure.arm("PATCH", `${vault(0)}?api-version=2025-07-01`, { identity: { type: "SystemAssigned" } });
    const principalId = azure.vault(vault(0))?.identity?.principalId;
    for (const role of ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"])
      azure.grant(group(), principalId, role);
    expect((await run.check({}, disk(0, 1))).failures).toEqual([]);
  });
});

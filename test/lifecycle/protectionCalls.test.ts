import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

/** How many calls to Azure the instances and items of a run make. What they do is held elsewhere. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
afterAll(() => azure.close());

const vaults = 2;
const each = 20;
const all = Array.from({ length: vaults * each }, (_, n) => [n % vaults, n] as const);

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg`;
const vault = (n: number) => `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-${n}`;
const recoveryVault = (n: number) => `${group()}/providers/Microsoft.RecoveryServices/vaults/rsv-${n}`;
const account = (n: number) => `${group()}/providers/Microsoft.Storage/storageAccounts/st${n}`;

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg");
});

async function backupVaults() {
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
}

/** With an account each, in which a share waits for each item. */
async function recoveryServicesVaults() {
  for (let n = 0; n < vaults; n++) {
    azure.arm("PUT", recoveryVault(n), { location: "westeurope", sku: { name: "RS0" }, properties: {} });
    const shares = { properties: { backupManagementType: "AzureStorage" } };
    azure.arm("PUT", `${recoveryVault(n)}/backupPolicies/shares`, shares);
  }
  for (const [ofVault, n] of all) azure.arm("PUT", `${account(ofVault)}/fileServices/default/shares/share-${n}`);
}

const program = { __program: { isDeployment: true } };

const disk = (ofVault: number, n: number, more: object = {}) => ({
  vault: vault(ofVault),
  instanceName: `disk-${n}`,
  dataSource: "AzureDisk",
  dataSourceId: `${group()}/providers/Microsoft.Compute/disks/disk-${ofVault}-${n}`,
  policyId: `${vault(ofVault)}/backupPolicies/daily`,
  snapshotResourceGroupId: group(),
  ...program,
  ...more,
});
const machine = (ofVault: number, n: number) => ({
  vault: recoveryVault(ofVault),
  sourceResourceId: `${group()}/providers/Microsoft.Compute/virtualMachines/vm-${n}`,
  policyId: `${recoveryVault(ofVault)}/backupPolicies/DefaultPolicy`,
  ...program,
});
const share = (ofVault: number, n: number) => ({
  vault: recoveryVault(ofVault),
  sourceResourceId: account(ofVault),
  fileShareName: `share-${n}`,
  policyId: `${recoveryVault(ofVault)}/backupPolicies/shares`,
  ...program,
});

interface Kind {
  arrange(): Promise<void>;
  args(ofVault: number, n: number): object;
  resource: "backupInstance" | "protectedItem";
  /** The most calls for each vault, however many it gets. */
  shared: number;
}
const kinds: Record<string, Kind> = {
  // The vault, its instances, its soft-deleted ones, and the roles in the group.
  "backup instances": { arrange: backupVaults, args: disk, resource: "backupInstance", shared: 6 },
  // The vault, of which nobody but the program says that it is there, and its items.
  "virtual machines": { arrange: recoveryServicesVaults, args: machine, resource: "protectedItem", shared: 2 },
  // These, its containers before and after the registration, the registration with its poll, and the shares.
  "file shares": { arrange: recoveryServicesVaults, args: share, resource: "protectedItem", shared: 7 },
};

/** The calls since then, by kind, without those to sign in. */
function callsSince(begun: number) {
  const calls = azure
    .journal()
    .slice(begun)
    .map(({ method, path }) => ({ method, path: decodeURIComponent(path.split("?")[0] ?? "") }))
    .filter(({ path }) => path.startsWith("/subscriptions/"));
  const count = (kind: RegExp) => calls.filter(({ method, path }) => kind.test(`${method} ${path}`)).length;
  const writes = count(/^PUT .*\/(backupInstances|protectedItems)\/[^/]+$/);
  const ownReads = count(/^GET .*\/(backupInstances|protectedItems)\/[^/]+$/);
  const polls = count(/\/backupVaults\/.*\/operationStatus\/|\/protectedItems\/.*\/operationsStatus\//);
  return { writes, ownReads, shared: calls.length - writes - ownReads - polls };
}

const orders: Record<string, (work: (() => Promise<unknown>)[]) => Promise<unknown>> = {
  "one after the other": async (work) => {
    for (const one of work) await one();
  },
  "all at once": (work) => Promise.all(work.map((one) => one())),
};

const table = Object.keys(kinds).flatMap((kind) => Object.keys(orders).map((order) => [kind, order] as const));

test.each(table)(
  "the %s of a deployment, created %s, make one write and one read each, and few calls for their vaults; a preview then makes none",
  async (name, order) => {
    const { arrange, args, resource, shared } = kinds[name] as Kind;
    await arrange();
    const run = oneRun(azure)[resource];
    const begun = azure.journal().length;
    const made: Awaited<ReturnType<typeof created>>[] = [];
    const create = all.map(([ofVault, n], index) => async () => {
      made[index] = await created(run, args(ofVault, n));
    });
    await orders[order]?.(create);
    const calls = callsSince(begun);
    expect(calls).toEqual({ writes: all.length, ownReads: all.length, shared: expect.any(Number) });
    expect(calls.shared).toBeLessThanOrEqual(vaults * shared);

    const before = azure.journal().length;
    const next = oneRun(azure)[resource];
    for (const [index, [ofVault, n]] of all.entries()) {
      const { inputs = {}, outs = {}, id = "" } = made[index] ?? {};
      const checked = await next.check(inputs, args(ofVault, n) as Record<string, unknown>);
      expect((await next.diff(id, outs, checked.inputs)).changes).toBe(false);
    }
    expect(azure.journal()).toHaveLength(before);
  },
);

describe("what was read a moment ago for another instance", () => {
  beforeEach(backupVaults);

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

describe("what was read a moment ago for another item", () => {
  beforeEach(recoveryServicesVaults);

  test("does not hide a share that is newer, nor an account that was registered since", async () => {
    const run = oneRun(azure).protectedItem;
    await created(run, share(0, 0));
    azure.arm("PUT", `${account(0)}/fileServices/default/shares/newer`);
    azure.arm("PUT", `${account(1)}/fileServices/default/shares/elsewhere`);
    await created(run, { ...share(0, 0), fileShareName: "newer" });
    await created(run, { ...share(0, 0), sourceResourceId: account(1), fileShareName: "elsewhere" });
    const { value } = azure.arm("GET", `${recoveryVault(0)}/backupProtectedItems`).body as { value: unknown[] };
    expect(value).toHaveLength(3);
  });

  test("does not make an item of one that was soft-deleted or deleted for good since", async () => {
    const { id } = await created(oneRun(azure).protectedItem, machine(0, 0));
    const run = oneRun(azure).protectedItem;
    await created(run, machine(0, 2));
    azure.arm("DELETE", id);
    const { inputs } = await run.check({}, { ...machine(0, 0), adopt: true });
    await expect(run.create(inputs)).rejects.toThrow("soft-deleted");
    const restored = await run.check({}, { ...machine(0, 0), undelete: true, adopt: true });
    expect(await run.create(restored.inputs)).toMatchObject({ outs: { protectionState: "IRPending" } });
  });

  test("does not keep an account registered that was unregistered with its last share", async () => {
    const run = oneRun(azure).protectedItem;
    const { id, outs } = await created(run, share(0, 0));
    await run.delete(id, { ...outs, onDelete: "delete" });
    await created(run, share(0, 2));
    const { value } = azure.arm("GET", `${recoveryVault(0)}/backupProtectionContainers`).body as { value: unknown[] };
    expect(value).toHaveLength(1);
  });
});

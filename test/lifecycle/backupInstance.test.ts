import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let disk: Record<string, unknown>;
let principalId: string;
let worlds = 0;

const diskBackupReader = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";
const diskSnapshotContributor = "7efff54f-a5b4-42b5-a1c5-5411624893ce";

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const diskId = (name = `disk-${worlds}`) => `${group()}/providers/Microsoft.Compute/disks/${name}`;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
const securitySettings = { softDeleteSettings: { state: "On", retentionDurationInDays: 20 } };

beforeEach(async () => {
  azure.faults.clear();
  worlds += 1;
  vault = `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-${worlds}`;
  azure.arm("PUT", `${vault}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: { storageSettings, securitySettings },
  });
  principalId = azure.vault(vault)?.identity?.principalId;
  for (const name of [`disk-${worlds}`, `disk-${worlds}-2`]) azure.grant(diskId(name), principalId, diskBackupReader);
  azure.grant(group(), principalId, diskSnapshotContributor);
  for (const policyName of ["daily", "weekly"]) await created(oneRun(azure).backupPolicy, policyArgs(policyName));
  disk = {
    vault,
    instanceName: "disk-1",
    dataSource: "AzureDisk",
    dataSourceId: diskId(),
    policyId: `${vault}/backupPolicies/daily`,
    snapshotResourceGroupId: group(),
  };
});

const policyArgs = (policyName: string) => ({
  vault,
  policyName,
  dataSource: "AzureDisk",
  schedule: { every: "P1D", at: "02:00" },
  retention: [{ keep: "P7D" }],
});

const idOf = (name = "disk-1") => `${vault}/backupInstances/${name}`;
type Live = { status: number; body: { properties: Record<string, unknown> } };
const live = (name?: string) => azure.arm("GET", idOf(name)) as Live;
const stateOf = () => live().body.properties.currentProtectionState;
const writes = () => azure.writes().filter(({ path }) => path.includes(`${vault}/backupInstances/`)).length;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
const setSecurity = (settings: object) => azure.setVault(vault, { properties: { securitySettings: settings } });

test.each([
  [
    "a policy of another vault",
    {
      policyId:
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/other/backupPolicies/daily",
    },
    "policyId must be a policy of the instance's own vault",
  ],
  [
    "a data source of another type",
    { dataSourceId: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st` },
    "dataSourceId must be the ARM ID of a Microsoft.Compute/disks; it is of a Microsoft.Storage/storageAccounts",
  ],
  [
    "no group for the snapshots",
    { snapshotResourceGroupId: undefined },
    "snapshotResourceGroupId is missing. Backup of managed disks needs it",
  ],
  [
    "a group's name instead of its ID",
    { snapshotResourceGroupId: "rg" },
    "snapshotResourceGroupId must be the ARM ID of a resource group",
  ],
  [
    "a data source that this version does not know",
    { dataSource: "AzureElasticSAN" },
    "dataSource must be AzureDisk, AzureBlob",
  ],
  ["something that is no argument", { foo: 1 }, 'unknown argument "foo"'],
])("%s is refused at preview", async (_, more, expected) => {
  const { failures } = await oneRun(azure).backupInstance.check({}, { ...disk, ...more });
  expect(reasons(failures)).toContain(expected);
  expect(writes()).toBe(0);
});

describe("at preview, a policy of blobs", () => {
  const blobs = (policyName: string, more: object = {}) =>
    created(oneRun(azure).backupPolicy, {
      ...policyArgs(policyName),
      dataSource: "AzureBlob",
      retention: [{ keep: "P7D" }],
      ...more,
    });
  const checked = async (olds: object, news: object) => {
    const given = news as Record<string, unknown>;
    return reasons((await oneRun(azure).backupInstance.check(olds as typeof given, given)).failures);
  };

  test("is refused for a disk that is new, and for one that has another policy", async () => {
    const { id: policyId } = await blobs("blobs");
    const text = `its policy ${policyId} is for blobs, and it backs up managed disks. Set \`policyId\` to a policy whose`;
    expect(await checked({}, { ...disk, policyId })).toContain(text);
    const { outs } = await created(oneRun(azure).backupInstance, disk);
    expect(await checked(outs, { ...disk, policyId })).toContain(text);
    expect(writes()).toBe(1);
  });

  test("needs containers where it keeps backups in the vault", async () => {
    const { id: vaulted } = await blobs("vaulted");
    const { id: operational } = await blobs("operational", { schedule: undefined });
    const account = `${group()}/providers/Microsoft.Storage/storageAccounts/st${worlds}`;
    const { snapshotResourceGroupId: _, ...rest } = disk;
    const blob = { ...rest, dataSource: "AzureBlob", dataSourceId: account, grantRoles: true };
    const text = `containers is missing. Its policy ${vaulted} keeps backups in the vault`;
    expect(await checked({}, { ...blob, policyId: vaulted })).toContain(text);
    expect(await checked({}, { ...blob, policyId: vaulted, containers: ["invoices"] })).toBe("");
    expect(await checked({}, { ...blob, policyId: operational })).toBe("");
  });
});

describe("at preview, a policy that the same program makes", () => {
  const blobs = (more: object = {}) => ({ ...policyArgs("new"), dataSource: "AzureBlob", ...more });
  const newId = () => `${vault}/backupPolicies/new`;
  const waiting = { __program: { waitsForNew: true } };

  /** The engine has an instance checked after the policy that it depends on. */
  async function checkedAfter(policy: object, olds: object, news: object): Promise<string> {
    const run = oneRun(azure);
    expect((await run.backupPolicy.check({}, policy as Record<string, unknown>)).failures).toEqual([]);
    const given = news as Record<string, unknown>;
    return reasons((await run.backupInstance.check(olds as typeof given, given)).failures);
  }

  test.each([
    ["whether or not the instance waits for it", {}],
    ["also for an instance that waits for it", waiting],
  ])("is refused for another data source, %s", async (_, program) => {
    const instance = { ...disk, policyId: newId(), ...program };
    const text = `its policy ${newId()} is for blobs, and it backs up managed disks. Set \`policyId\` to a policy whose`;
    expect(await checkedAfter(blobs(), {}, instance)).toContain(text);
    expect(await checkedAfter(policyArgs("new"), {}, instance)).toBe("");
  });

  test("is refused for an instance that has another policy", async () => {
    const { outs } = await created(oneRun(azure).backupInstance, disk);
    expect(await checkedAfter(blobs(), outs, { ...disk, policyId: newId() })).toContain(
      "is for blobs, and it backs up",
    );
    expect(await checkedAfter(policyArgs("new"), outs, { ...disk, policyId: newId() })).toBe("");
  });

  test("needs containers where it keeps backups in the vault", async () => {
    const account = `${group()}/providers/Microsoft.Storage/storageAccounts/st${worlds}`;
    const { snapshotResourceGroupId: _, ...rest } = disk;
    const blob = {
      ...rest,
      dataSource: "AzureBlob",
      dataSourceId: account,
      grantRoles: true,
      policyId: newId(),
      ...waiting,
    };
    expect(await checkedAfter(blobs(), {}, blob)).toContain(
      `containers is missing. Its policy ${newId()} keeps backups`,
    );
    expect(await checkedAfter(blobs({ schedule: undefined }), {}, blob)).toBe("");
  });

  test("is judged by its data source where nothing else of it is known, and not where that is unknown", async () => {
    const instance = { ...disk, policyId: newId(), ...waiting };
    const open = { schedule: undefined, retention: unknownSentinel };
    expect(await checkedAfter(blobs(open), {}, instance)).toContain("is for blobs, and it backs up managed disks");
    expect(await checkedAfter(blobs({ ...open, dataSource: unknownSentinel }), {}, instance)).toBe("");
  });

  test("is judged in a vault that the program makes as well", async () => {
    const newVault = `${vault}-new`;
    const run = oneRun(azure);
    const [resourceGroupName, vaultName] = ["rg-payroll", `bv-${worlds}-new`];
    const made = { resourceGroupName, vaultName, location: "westeurope", redundancy: "LocallyRedundant" };
    await run.backupVault.check({}, made);
    await run.backupPolicy.check({}, blobs({ vault: newVault, ...waiting }));
    const instance = { ...disk, vault: newVault, policyId: `${newVault}/backupPolicies/new`, ...waiting };
    expect(reasons((await run.backupInstance.check({}, instance)).failures)).toContain("is for blobs, and it backs up");
  });

  test("counts also where it replaces one of another data source under its ID", async () => {
    const old = { ...policyArgs("weekly"), policyId: `${vault}/backupPolicies/weekly` };
    const instance = { ...disk, policyId: old.policyId };
    const run = oneRun(azure);
    await run.backupPolicy.check(old, { ...blobs(), policyName: "weekly" });
    expect(reasons((await run.backupInstance.check({}, instance)).failures)).toContain("is for blobs, and it backs up");
  });
});

test("timeouts that come back in another order are no change", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, {
    ...disk,
    timeouts: { create: "5m", delete: "6m" },
  });
  const run = oneRun(azure).backupInstance;
  const { inputs } = await run.check(outs, { ...disk, timeouts: { delete: "6m", create: "5m" } });
  const old = { ...outs, timeouts: { create: "5m", delete: "6m" } };
  expect(await run.diff(id, old, { ...inputs, timeouts: { delete: "6m", create: "5m" } })).toMatchObject({
    changes: false,
  });
});

test("the type in Resource Manager is taken for the data source's name, and texts in another case for the same", async () => {
  const first = await created(oneRun(azure).backupInstance, disk);
  const run = oneRun(azure).backupInstance;
  const again = { ...disk, dataSourceId: diskId().toUpperCase().replace("/SUBSCRIPTIONS/", "/subscriptions/") };
  const { inputs } = await run.check(first.inputs, again);
  expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: false, replaces: [] });
});

test("two resources for one instance, or for one data source, are refused", async () => {
  const run = oneRun(azure).backupInstance;
  expect((await run.check({}, disk)).failures).toEqual([]);
  expect(reasons((await run.check({}, disk)).failures)).toContain("defined by two resources in this program");
  const other = { ...disk, instanceName: "disk-1-again" };
  expect(reasons((await run.check({}, other)).failures)).toContain(`two resources in this program back up ${diskId()}`);
});

test("in a vault that does not exist an instance is refused, unless the program may create the vault first", async () => {
  const gone = `${vault}-gone`;
  const elsewhere = { ...disk, vault: gone, policyId: `${gone}/backupPolicies/daily` };
  const checked = (args: object) => oneRun(azure).backupInstance.check({}, args as Record<string, unknown>);
  expect(reasons((await checked(elsewhere)).failures)).toContain("its vault does not exist");
  expect((await checked({ ...elsewhere, __program: { waitsForNew: true } })).failures).toEqual([]);
});

test("a disk in another region than the vault's is refused at preview, and by Azure", async () => {
  azure.createDataSource(disk.dataSourceId as string, "northeurope");
  const { failures, inputs } = await oneRun(azure).backupInstance.check({}, disk);
  expect(failures.map(({ reason }) => reason).join()).toMatch(/is in northeurope, and its vault in westeurope/);
  await expect(oneRun(azure).backupInstance.create(inputs)).rejects.toThrow("EmulatorUnverifiedSourceOtherRegion");
});

test("a vault that may back up other regions takes a disk elsewhere, and is sent the disk's region", async () => {
  azure.createDataSource(disk.dataSourceId as string, "northeurope");
  azure.setVault(vault, { properties: { regionOfChoiceSettings: { status: "enabled" } } });
  expect((await oneRun(azure).backupInstance.check({}, disk)).failures).toEqual([]);
  azure.setVault(vault, { properties: { regionOfChoiceSettings: { status: "Enabled" } } });
  const run = oneRun(azure);
  const { failures, inputs } = await run.backupInstance.check({}, disk);
  expect(failures).toEqual([]);
  expect(run.warnings).toEqual([]);
  await oneRun(azure).backupInstance.create(inputs);
  expect(live().body.properties.dataSourceInfo).toMatchObject({ resourceLocation: "northeurope" });
});

test("an update that fails in Azure is recorded as what it is, and the next one completes it", async () => {
  const { id, inputs, outs } = await created(oneRun(azure).backupInstance, disk);
  const other = { ...disk, policyId: `${vault}/backupPolicies/weekly` };
  azure.faults.add({ kind: "operationFails", method: "PUT", path: idOf(), code: "UserErrorDiskGone" });
  const run = oneRun(azure);
  const checked = await run.backupInstance.check(inputs, other);
  const failed = run.backupInstance.update(id, outs, checked.inputs);
  await expect(failed).rejects.toThrow(
    /^Backup instance "disk-1" of Backup vault "bv-\d+" is not known to be backed up as the program says: Azure accepted PUT/,
  );
  await expect(failed).rejects.not.toThrow(/created/);
  const recorded = { ...checked.inputs, protectionState: "Unknown" };
  const next = oneRun(azure).backupInstance;
  expect(await next.diff(id, recorded, checked.inputs)).toMatchObject({ changes: true });
  await next.update(id, recorded, checked.inputs);
  expect(live().body.properties.policyInfo).toMatchObject({ policyId: other.policyId });
});

test("its tags are changed in place, and return to none when the program names none any more", async () => {
  const first = await created(oneRun(azure).backupInstance, { ...disk, tags: { team: "payroll" } });
  const tagsNow = () => (live().body as { tags?: object }).tags;
  const updated = async (olds: object, outs: object, args: object) => {
    const run = oneRun(azure);
    const { inputs } = await run.backupInstance.check(olds as never, args as never);
    expect(await run.backupInstance.diff(first.id, outs as never, inputs)).toMatchObject({
      changes: true,
      replaces: [],
    });
    return { inputs, ...(await run.backupInstance.update(first.id, outs as never, inputs)) };
  };
  const second = await updated(first.inputs, first.outs, { ...disk, tags: { team: "payroll", stage: "test" } });
  expect(tagsNow()).toEqual({ team: "payroll", stage: "test" });
  await updated(second.inputs, second.outs ?? {}, disk);
  expect(tagsNow()).toEqual({});
});

test("tags that the program does not set stay as they are, and are no change", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, disk);
  azure.arm("PUT", id, { ...live().body, tags: { owner: "audit" } });
  const read = await oneRun(azure).backupInstance.read(id, outs);
  expect(read.inputs).not.toHaveProperty("tags");
  const run = oneRun(azure);
  const { inputs } = await run.backupInstance.check(read.inputs as never, { ...disk, friendlyName: "payroll" });
  await run.backupInstance.update(id, read.props as never, inputs);
  expect(live().body).toMatchObject({ tags: { owner: "audit" }, properties: { friendlyName: "payroll" } });
});

test("is imported by its ARM ID, with the arguments that it has", async () => {
  await created(oneRun(azure).backupInstance, { ...disk, friendlyName: "payroll" });
  const { inputs } = await oneRun(azure).backupInstance.read(idOf(), {});
  expect(inputs).toEqual({ ...disk, friendlyName: "payroll", instanceId: idOf() });
  await expect(oneRun(azure).backupInstance.read(idOf("gone"), {})).rejects.toThrow("does not exist");
  const other = `${vault}/backupPolicies/daily`;
  await expect(oneRun(azure).backupInstance.read(other, {})).rejects.toThrow(
    new RegExp(`^"${other}" is not the ARM ID of a backup instance`),
  );
});

test("what this version does not know of an instance is not claimed: its import is an error", async () => {
  await created(oneRun(azure).backupInstance, disk);
  const { properties } = live().body;
  const policyParameters = { backupDatasourceParametersList: [{ objectType: "NewParameters" }] };
  azure.arm("PUT", idOf(), {
    properties: { ...properties, policyInfo: { policyId: disk.policyId, policyParameters } },
  });
  azure.vault(vault);
  await expect(oneRun(azure).backupInstance.read(idOf(), {})).rejects.toThrow(
    "is not understood by this version: its policyParameters.backupDatasourceParametersList",
  );
});

describe("a creation", () => {
  test("whose response is lost is found and completed", async () => {
    azure.faults.add({ method: "PUT", path: "/backupInstances/", kind: "dropAfter" });
    const { id } = await created(oneRun(azure).backupInstance, disk).catch((error) => error);
    expect(id).toBe(idOf());
    expect(stateOf()).toBe("ProtectionConfigured");
  });

  test("that Azure refuses is an error that names the instance, and leaves nothing", async () => {
    azure.faults.add({
      kind: "status",
      method: "PUT",
      path: "/backupInstances/",
      status: 403,
      code: "AuthorizationFailed",
    });
    await expect(created(oneRun(azure).backupInstance, disk)).rejects.toThrow(
      `Backup instance "disk-1" of Backup vault "bv-${worlds}": `,
    );
    expect(live().status).toBe(404);
  });

  test("whose operation fails is recorded with Azure's reason, and completed by the next update", async () => {
    azure.faults.add({
      kind: "operationFails",
      method: "PUT",
      path: "/backupInstances/",
      code: "UserErrorManagedDiskNotFound",
      message: "The managed disk does not exist.",
    });
    const error = await created(oneRun(azure).backupInstance, disk).catch((thrown) => thrown);
    expect(error).toMatchObject({ id: idOf(), properties: { protectionState: "Unknown" } });
    expect(error.reasons.join()).toContain("The managed disk does not exist.");
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(error.properties, disk);
    expect(await run.diff(idOf(), error.properties, inputs)).toMatchObject({ changes: true, replaces: [] });
    const { outs } = await run.update(idOf(), error.properties, inputs);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
  });
});

describe("an instance that exists", () => {
  beforeEach(async () => void (await created(oneRun(azure).backupInstance, disk)));

  test("is an error for a new resource, which says how to take it over", async () => {
    const run = oneRun(azure).backupInstance;
    expect(reasons((await run.check({}, disk)).failures)).toMatch(/already exists.*AZURE_BACKUP_ADOPT=.*adopt: true/);
    await expect(run.create({ ...disk, instanceId: idOf() })).rejects.toThrow("already exists");
    expect(writes()).toBe(1);
  });

  test("is adopted with another policy by one update", async () => {
    const run = oneRun(azure);
    const args = { ...disk, policyId: `${vault}/backupPolicies/weekly`, adopt: true };
    const { outs } = await created(run.backupInstance, args);
    expect(run.warnings.join()).toContain("exists (ProtectionConfigured) and is adopted, not created");
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(live().body.properties).toMatchObject({ policyInfo: { policyId: `${vault}/backupPolicies/weekly` } });
    expect(writes()).toBe(2);
  });

  test("for another data source is not adopted", async () => {
    const run = oneRun(azure).backupInstance;
    const other = { ...disk, dataSourceId: diskId("other"), adopt: true };
    expect(reasons((await run.check({}, other)).failures)).toContain(
      "cannot be adopted: its `dataSourceId` differs from the program",
    );
    expect(writes()).toBe(1);
  });

  test("stays as it is when its resource is renamed in the program and adopted", async () => {
    const first = await created(oneRun(azure).backupInstance, { ...disk, adopt: true });
    const run = oneRun(azure);
    await created(run.backupInstance, { ...disk, adopt: true });
    await run.backupInstance.delete(first.id, first.outs);
    expect(stateOf()).toBe("ProtectionConfigured");
    expect(run.warnings.join()).toContain("another resource in this program now manages it");
  });
});

describe("a change", () => {
  let first: Awaited<ReturnType<typeof created>>;
  beforeEach(async () => {
    first = await created(oneRun(azure).backupInstance, disk);
  });

  test.each(["dataSourceId", "snapshotResourceGroupId", "instanceName"] as const)(
    "of `%s` would replace it, and is refused",
    async (name) => {
      const news = { ...disk, [name]: `${disk[name]}-other` };
      const { inputs, failures } = await oneRun(azure).backupInstance.check(first.inputs, news);
      expect(reasons(failures)).toMatch(new RegExp(`^backup-instance-replaced: .* to change \`${name}\``));
      await expect(oneRun(azure).backupInstance.update(first.id, first.outs, inputs)).rejects.toThrow(
        "Nothing was written",
      );
      expect(writes()).toBe(1);
    },
  );

  test("to what is not known yet is undecided, and replaces nothing", async () => {
    const run = oneRun(azure);
    const { inputs, failures } = await run.backupInstance.check(first.inputs, {
      ...disk,
      dataSourceId: unknownSentinel,
    });
    expect(failures).toEqual([]);
    expect(run.warnings.join()).toContain("is only known during `pulumi up`");
    expect(await run.backupInstance.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  });

  test("of what only the program uses writes nothing", async () => {
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(first.inputs, { ...disk, onDelete: "suspend" });
    expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
    expect((await run.update(first.id, first.outs, inputs)).outs).toMatchObject({ onDelete: "suspend" });
    expect(writes()).toBe(1);
  });

  test("of an instance that is gone is an error, and creates nothing", async () => {
    azure.arm("DELETE", idOf());
    azure.vault(vault);
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(first.inputs, { ...disk, friendlyName: "other" });
    await expect(run.update(first.id, first.outs, inputs)).rejects.toThrow("no longer exists in Azure");
    expect(live().status).toBe(404);
  });
});

describe("while somebody else changes an instance, an update", () => {
  afterEach(() => azure.set({ operationMs: 0 }));

  /** Refreshed while the change lasts. */
  async function changing(policyName: string) {
    const { id, outs, inputs } = await created(oneRun(azure).backupInstance, disk);
    azure.set({ operationMs: 1_500 });
    const policyInfo = {
      ...(live().body.properties.policyInfo as object),
      policyId: `${vault}/backupPolicies/${policyName}`,
    };
    azure.arm("PUT", id, { properties: { ...live().body.properties, policyInfo } });
    const { props = {} } = await oneRun(azure).backupInstance.read(id, outs);
    expect(props.protectionState).toBe("UpdatingProtection");
    return { id, outs: props, inputs };
  }

  test("waits for the end, and writes nothing where nothing differs then", async () => {
    const { id, outs } = await changing("daily");
    const before = writes();
    const run = oneRun(azure);
    const { inputs } = await run.backupInstance.check(outs, disk);
    expect(await run.backupInstance.diff(id, outs, inputs)).toMatchObject({ changes: true, replaces: [] });
    const updated = await run.backupInstance.update(id, outs, inputs);
    expect(updated.outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(run.warnings.join()).toMatch(/Azure is changing the instance, and its state is UpdatingProtection/);
    expect(writes()).toBe(before);
  });

  test("writes what the change has left otherwise than the program", async () => {
    const { id, outs } = await changing("weekly");
    const before = writes();
    const run = oneRun(azure).backupInstance;
    await run.update(id, outs, (await run.check(outs, disk)).inputs);
    expect(live().body.properties.policyInfo).toMatchObject({ policyId: disk.policyId });
    expect(writes()).toBe(before + 1);
  });

  test("that the change outlasts is an error, and nothing is sent", async () => {
    const { id, outs } = await changing("daily");
    const before = writes();
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(outs, { ...disk, timeouts: { update: "1s" } });
    await expect(run.update(id, outs, inputs)).rejects.toThrow(
      "Azure is still changing the instance: its state is UpdatingProtection. Nothing was sent.",
    );
    expect(writes()).toBe(before);
    azure.vault(vault);
  });
});

describe("its removal", () => {
  const removed = async (more: object) => {
    const { id, outs } = await created(oneRun(azure).backupInstance, { ...disk, ...more });
    const run = oneRun(azure);
    const error = await run.backupInstance.delete(id, outs).catch((thrown: Error) => thrown.message);
    return { said: run.warnings.join(), error };
  };

  test.each([
    [{}, "ProtectionStopped"],
    [{ onDelete: "stopProtectionRetainData" }, "ProtectionStopped"],
    [{ onDelete: "suspend" }, "BackupsSuspended"],
  ])("with %j leaves it %s in the vault", async (more, state) => {
    const { said, error } = await removed(more);
    expect(error).toBeUndefined();
    expect(said).toContain("the instance stays in the vault");
    expect(stateOf()).toBe(state);
  });

  test("with `delete` says that soft delete does not cover backups next to their source", async () => {
    const { said } = await removed({ onDelete: "delete" });
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    expect(said).toContain(`Azure lists it as soft-deleted until ${until}`);
    expect(said).toContain("but soft delete does not cover its backups, which are next to their source");
    expect(live().status).toBe(404);
  });

  test("with `delete` is no error where only the list of soft-deleted instances cannot be read", async () => {
    azure.faults.add({
      kind: "status",
      path: "/deletedBackupInstances",
      times: "always",
      status: 403,
      code: "AuthorizationFailed",
    });
    const { said, error } = await removed({ onDelete: "delete" });
    expect(error).toBeUndefined();
    expect(said).toMatch(
      /was deleted\. Whether its backups are soft-deleted, .* could not be read: .*AuthorizationFailed/,
    );
    expect(live().status).toBe(404);
  });

  test("with `delete` is refused where soft delete is off, because the backups would be lost at once", async () => {
    setSecurity({ softDeleteSettings: { state: "Off" } });
    const { error } = await removed({ onDelete: "delete" });
    expect(error).toMatch(/^backup-instance-deleted: .* cannot be deleted\. Soft delete of Backup vault .* is Off/);
    expect(stateOf()).toBe("ProtectionConfigured");
  });

  test("with `delete` from an immutable vault is allowed for backups next to their source, and refused where that is not known", async () => {
    setSecurity({ immutabilitySettings: { state: "Unlocked" } });
    azure.arm("PUT", `${vault}/backupPolicies/bare`, {
      properties: { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Compute/disks"], policyRules: [] },
    });
    const { error } = await removed({ onDelete: "delete", policyId: `${vault}/backupPolicies/bare` });
    expect(error).toMatch(/^backup-instance-deleted: .*immutability of Backup vault .* is Unlocked/);
    expect(stateOf()).toBe("ProtectionConfigured");
    const other = { instanceName: "disk-2", dataSourceId: diskId(`disk-${worlds}-2`), onDelete: "delete" };
    expect((await removed(other)).error).toBeUndefined();
    expect(live("disk-2").status).toBe(404);
  });

  test("of one that is gone is no error", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, disk);
    azure.arm("DELETE", idOf());
    azure.vault(vault);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(await oneRun(azure).backupInstance.read(id, outs)).toEqual({});
  });
});

describe("the roles that backup needs", () => {
  let bare: Record<string, unknown>;
  const reader = () => `"Disk Backup Reader" on ${bare.dataSourceId}`;
  const inGroup = () => `${group()}-${worlds}`;
  beforeEach(() => {
    azure.createResourceGroup(`rg-payroll-${worlds}`);
    bare = {
      ...disk,
      dataSourceId: `${inGroup()}/providers/Microsoft.Compute/disks/bare`,
      snapshotResourceGroupId: inGroup(),
    };
  });

  type Assignment = { properties: { scope: string; principalId: string; roleDefinitionId: string } };
  const assignments = () => {
    const path = `${inGroup()}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
    return (azure.arm("GET", path).body as { value: Assignment[] }).value
      .filter(({ properties }) => properties.principalId === principalId)
      .map(({ properties }) => `${properties.roleDefinitionId.split("/").at(-1)} ${properties.scope}`)
      .sort();
  };

  test("are named at preview, one by one with the command that assigns each, and nothing is sent", async () => {
    const { failures } = await oneRun(azure).backupInstance.check({}, bare);
    expect(reasons(failures)).toContain(
      `lacks roles that backup needs: ${reader()} and "Disk Snapshot Contributor" on ${inGroup()}. Nothing was sent.`,
    );
    expect(reasons(failures)).toContain(
      `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal ` +
        `--role "Disk Backup Reader" --scope ${bare.dataSourceId}`,
    );
    const args = { ...bare, instanceId: idOf(), timeouts: { permission: "0s" } };
    await expect(oneRun(azure).backupInstance.create(args)).rejects.toThrow("lacks roles that backup needs");
    expect(writes()).toBe(0);
  });

  test("may still be granted by the program: then the preview only says that they are missing", async () => {
    const run = oneRun(azure);
    const { failures } = await run.backupInstance.check({}, { ...bare, __program: { waitsForNew: true } });
    expect(failures).toEqual([]);
    expect(run.warnings.join()).toContain(reader());
  });

  test("are there where other roles permit as much", async () => {
    azure.grant(inGroup(), principalId, "b24988ac-6180-42a0-ab88-20f7382dd24c");
    expect((await oneRun(azure).backupInstance.check({}, bare)).failures).toEqual([]);
    const { outs } = await created(oneRun(azure).backupInstance, { ...bare, grantRoles: true });
    expect(outs).not.toHaveProperty("grantedRoles");
  });

  test("of a data source whose kind is not known yet are not looked for", async () => {
    const run = oneRun(azure);
    expect((await run.backupInstance.check({}, { ...bare, dataSource: unknownSentinel })).failures).toEqual([]);
    expect(run.warnings).toEqual([]);
  });

  test("of a vault without an identity are nobody's", async () => {
    azure.setVault(vault, { identity: { type: "None", principalId: undefined } });
    const { failures } = await oneRun(azure).backupInstance.check({}, bare);
    expect(reasons(failures)).toContain("the vault has no system-assigned identity");
  });

  test("that cannot be read are a warning at preview", async () => {
    azure.faults.add({
      kind: "status",
      path: "roleAssignments",
      status: 403,
      code: "AuthorizationFailed",
      times: "always",
    });
    const run = oneRun(azure);
    expect((await run.backupInstance.check({}, bare)).failures).toEqual([]);
    expect(run.warnings.join()).toContain("was not determined");
  });

  test("are granted on request, each at the smallest scope, and revoked when the last instance that needs them goes", async () => {
    const granting = { ...bare, grantRoles: true, onDelete: "delete" };
    const first = await created(oneRun(azure).backupInstance, granting);
    const needed = [`${diskBackupReader} ${bare.dataSourceId}`, `${diskSnapshotContributor} ${inGroup()}`];
    expect(assignments()).toEqual(needed);
    expect(first.outs.grantedRoles).toHaveLength(2);
    const other = { ...granting, instanceName: "disk-2", dataSourceId: `${bare.dataSourceId}-2` };
    const second = await created(oneRun(azure).backupInstance, other);
    await oneRun(azure).backupInstance.delete(first.id, first.outs);
    expect(assignments()).toEqual([`${diskBackupReader} ${other.dataSourceId}`, needed[1]]);
    await oneRun(azure).backupInstance.delete(second.id, second.outs);
    expect(assignments()).toEqual([]);
  });

  test("that a deletion could not revoke are revoked when it is run again", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, { ...bare, grantRoles: true, onDelete: "delete" });
    azure.faults.add({
      kind: "status",
      method: "DELETE",
      path: "roleAssignments",
      status: 403,
      code: "AuthorizationFailed",
    });
    await expect(oneRun(azure).backupInstance.delete(id, outs)).rejects.toThrow("403");
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(assignments()).toEqual([]);
  });

  test("stay when backup only stops", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, { ...bare, grantRoles: true });
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(assignments()).toHaveLength(2);
  });

  test("that an interrupted run granted are recognized by the next one", async () => {
    const granting = { ...bare, grantRoles: true };
    azure.faults.add({ kind: "status", method: "PUT", path: "/backupInstances/", status: 400, code: "Refused" });
    await expect(created(oneRun(azure).backupInstance, granting)).rejects.toThrow("Refused");
    const { outs } = await created(oneRun(azure).backupInstance, granting);
    expect(outs.grantedRoles).toHaveLength(2);
    expect(assignments()).toHaveLength(2);
  });

  test("that the caller may not grant are an error that says what it needs", async () => {
    azure.faults.add({
      kind: "status",
      method: "PUT",
      path: "roleAssignments",
      status: 403,
      code: "AuthorizationFailed",
      times: "always",
    });
    await expect(created(oneRun(azure).backupInstance, { ...bare, grantRoles: true })).rejects.toThrow(
      "The caller needs the role Role Based Access Control Administrator on",
    );
    expect(writes()).toBe(0);
  });

  test("are waited for until Azure Backup sees them", async () => {
    azure.faults.add({
      kind: "operationFails",
      method: "PUT",
      path: "/backupInstances/",
      code: "UserErrorDiskBackupDiskOrMSIPermissionsNotPresent",
      message: "Azure Backup Service requires additional permissions on the Disk.",
    });
    const run = oneRun(azure);
    const { outs } = await created(run.backupInstance, { ...bare, grantRoles: true });
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(run.warnings.join()).toContain("New role assignments can take several minutes to take effect");
  });

  test("are waited for no longer than `timeouts.permission`, and Azure's reason is recorded", async () => {
    azure.faults.add({
      kind: "operationFails",
      method: "PUT",
      path: "/backupInstances/",
      code: "UserErrorNotEnoughPermissionOnSnapshotRG",
      message: "Azure Backup Service requires additional permissions on the resource group.",
      times: "always",
    });
    const args = { ...bare, grantRoles: true, timeouts: { permission: "1s" } };
    const error = await created(oneRun(azure).backupInstance, args).catch((thrown) => thrown);
    expect(error.reasons.join()).toContain("requires additional permissions on the resource group");
    expect(error.properties.grantedRoles).toHaveLength(2);
  });
});

describe("a soft-deleted instance", () => {
  beforeEach(async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, { ...disk, onDelete: "delete" });
    await oneRun(azure).backupInstance.delete(id, outs);
  });

  test("of the same data source is named in the preview of a new one", async () => {
    const run = oneRun(azure);
    expect((await run.backupInstance.check({}, { ...disk, instanceName: "disk-new" })).failures).toEqual([]);
    expect(run.warnings.join()).toMatch(
      /although its data source has a soft-deleted instance in this vault, "disk-1" \(deleted on .* UTC, to be purged on .* UTC\)/,
    );
    expect(run.warnings.join()).toContain('set `undelete: true` and `instanceName: "disk-1"`');
  });

  test("is brought back with `undelete`, resumed, and updated to match the program", async () => {
    const run = oneRun(azure);
    const args = { ...disk, policyId: `${vault}/backupPolicies/weekly`, undelete: true };
    const { outs } = await created(run.backupInstance, args);
    expect(run.warnings.join()).toContain(
      "is brought back with its backups, not created: it is soft-deleted (deleted on",
    );
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(live().body.properties).toMatchObject({ policyInfo: { policyId: `${vault}/backupPolicies/weekly` } });
    const { value } = azure.arm("GET", `${vault}/deletedBackupInstances`).body as { value: unknown[] };
    expect(value).toEqual([]);
  });

  test("under another name is not brought back under the program's", async () => {
    const args = { ...disk, instanceName: "disk-new", undelete: true };
    const { inputs, failures } = await oneRun(azure).backupInstance.check({}, args);
    expect(reasons(failures)).toContain('has another name, "disk-1"');
    await expect(oneRun(azure).backupInstance.create(inputs)).rejects.toThrow('has another name, "disk-1"');
    expect(live("disk-new").status).toBe(404);
  });

  test("of another data source is not brought back for this one", async () => {
    const args = { ...disk, dataSourceId: diskId(`disk-${worlds}-2`), undelete: true };
    const { failures } = await oneRun(azure).backupInstance.check({}, args);
    expect(reasons(failures)).toContain(`the soft-deleted instance of this name backed up ${diskId()}`);
  });

  test("whose backup Azure does not resume is recorded with Azure's reason", async () => {
    azure.faults.add({
      kind: "status",
      method: "POST",
      path: "/resumeProtection",
      status: 400,
      code: "UserErrorDppDatasourceAlreadyHasBackupInstance",
      message: "Datasource is already associated with another backup instance.",
    });
    const args = { ...disk, undelete: true };
    const error = await created(oneRun(azure).backupInstance, args).catch((thrown) => thrown);
    expect(error).toMatchObject({ id: idOf(), properties: { protectionState: "Unknown" } });
    expect(error.reasons.join()).toContain("already associated with another backup instance");
    const { inputs } = await oneRun(azure).backupInstance.check(error.properties, args);
    const { outs } = await oneRun(azure).backupInstance.update(idOf(), error.properties, inputs);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
  });
});

test("`undelete` without a soft-deleted instance creates a new one, and the preview says so", async () => {
  const run = oneRun(azure);
  await created(run.backupInstance, { ...disk, undelete: true });
  expect(run.warnings.join()).toContain("is created new: its vault has no soft-deleted instance of its data source");
  expect(stateOf()).toBe("ProtectionConfigured");
});

describe("Azure's own validation", () => {
  const validations = () => azure.journal().filter(({ path }) => path.includes("/validateForBackup")).length;

  test("refuses at preview what `pulumi up` would refuse, with Azure's words", async () => {
    await created(oneRun(azure).backupInstance, disk);
    const { failures } = await oneRun(azure).backupInstance.check({}, { ...disk, instanceName: "disk-again" });
    expect(reasons(failures)).toContain("Azure's validation refuses it: ");
    expect(reasons(failures)).toContain(`Datasource is already protected under the Backup vault ${vault}`);
  });

  test("is not asked for while something is not known, not granted or not created yet", async () => {
    const before = validations();
    for (const more of [
      { policyId: unknownSentinel },
      { grantRoles: true },
      { __program: { waitsForNew: true } },
      { dataSourceId: diskId("without-roles") },
    ])
      await oneRun(azure).backupInstance.check({}, { ...disk, ...more });
    expect(validations()).toBe(before);
  });

  test.each([
    ["that fails for another reason", { kind: "status", status: 403, code: "AuthorizationFailed" }],
    ["that misses a permission", { kind: "operationFails", code: "UserErrorNotEnoughPermissionOnSnapshotRG" }],
  ] as const)("%s is a warning", async (_, fault) => {
    azure.faults.add({ ...fault, method: "POST", path: "/validateForBackup", message: "No." });
    const run = oneRun(azure);
    expect((await run.backupInstance.check({}, disk)).failures).toEqual([]);
    expect(run.warnings.join()).toContain("was not validated by Azure: ");
  });
});

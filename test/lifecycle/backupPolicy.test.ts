import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let daily: Record<string, unknown>;
let worlds = 0;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(() => {
  azure.faults.clear();
  worlds += 1;
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${worlds}`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  azure.vault(vault);
  daily = {
    vault,
    policyName: "disks-daily",
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P30D" }],
  };
});

const idOf = (name = "disks-daily") => `${vault}/backupPolicies/${name}`;
const statusOf = (name?: string) => azure.arm("GET", idOf(name)).status;
const writes = () => azure.writes().filter(({ path }) => path.includes(`${vault}/backupPolicies/`)).length;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();

function protect(policy = "disks-daily"): void {
  azure.arm("PUT", `${vault}/backupInstances/disk-1`, {
    properties: {
      objectType: "BackupInstance",
      friendlyName: "disk-1",
      dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: `/x/disk-${worlds}` },
      policyInfo: { policyId: idOf(policy) },
    },
  });
}

const shorter = () => ({ ...daily, retention: [{ keep: "P7D" }] });

describe("a policy that exists", () => {
  beforeEach(async () => void (await created(oneRun(azure).backupPolicy, daily)));

  test("is an error for a new resource, which says how to take it over", async () => {
    const run = oneRun(azure).backupPolicy;
    expect(reasons((await run.check({}, daily)).failures)).toMatch(/already exists.*AZURE_BACKUP_ADOPT=.*adopt: true/);
    await expect(run.create({ ...daily, policyId: idOf() })).rejects.toThrow("already exists");
    expect(writes()).toBe(1);
  });

  test.each([
    ["adopt", { adopt: true }, {}],
    ["its name for one run", {}, { AZURE_BACKUP_ADOPT: () => idOf() }],
  ])("is taken over as it is, by %s, without a write", async (_, more, env) => {
    const named = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value()]));
    const run = oneRun(azure, named);
    const before = writes();
    const { id, inputs, outs } = await created(run.backupPolicy, { ...daily, ...more });
    expect(id).toBe(idOf());
    expect(run.warnings.join()).toContain("exists and is adopted, not created");
    expect(writes()).toBe(before);
    expect(await oneRun(azure).backupPolicy.diff(id, outs, inputs)).toMatchObject({ changes: false });
  });

  test("that is otherwise than in the program is not taken over", async () => {
    const run = oneRun(azure).backupPolicy;
    const { failures } = await run.check({}, { ...shorter(), adopt: true });
    expect(reasons(failures)).toContain(
      "cannot be adopted: its schedule or retention is not as the program describes it",
    );
    const { inputs } = await run.check({}, { ...shorter(), adopt: true });
    await expect(run.create(inputs)).rejects.toThrow("cannot be adopted");
  });

  test("stays when its resource is renamed in the program and adopted", async () => {
    const first = await created(oneRun(azure).backupPolicy, { ...daily, adopt: true });
    const run = oneRun(azure);
    const second = await created(run.backupPolicy, { ...daily, adopt: true });
    await run.backupPolicy.delete(first.id, first.outs);
    expect(statusOf()).toBe(200);
    expect(run.warnings.join()).toContain("another resource in this program now manages it");
    await oneRun(azure).backupPolicy.delete(second.id, second.outs);
    expect(statusOf()).toBe(404);
  });
});

test("two resources for one policy are refused", async () => {
  const run = oneRun(azure).backupPolicy;
  expect((await run.check({}, daily)).failures).toEqual([]);
  const again = { ...daily, policyName: "DISKS-DAILY" };
  expect(reasons((await run.check({}, again)).failures)).toContain("defined by two resources in this program");
});

test("a policy whose creation lost its response is there, and is recorded although Azure refuses it the next time", async () => {
  const put = { method: "PUT", path: "/backupPolicies/" };
  azure.faults.add({ ...put, kind: "dropAfter" });
  azure.faults.add({ ...put, kind: "status", after: 1, status: 400, code: "UserErrorBMSUpdatePolicyNotSupported" });
  const { id } = await created(oneRun(azure).backupPolicy, daily);
  expect(id).toBe(idOf());
  azure.faults.clear();
  expect(statusOf()).toBe(200);
});

test("a creation that Azure refuses is an error that names the policy", async () => {
  azure.faults.add({
    kind: "status",
    method: "PUT",
    path: "/backupPolicies/",
    status: 403,
    code: "AuthorizationFailed",
  });
  await expect(created(oneRun(azure).backupPolicy, daily)).rejects.toThrow(
    `Backup policy "disks-daily" of Backup vault "bv-${worlds}": `,
  );
  expect(statusOf()).toBe(404);
});

test("in a vault that does not exist a policy is refused at preview, unless the program may create the vault first", async () => {
  const elsewhere = { ...daily, vault: `${vault}-gone` };
  const run = oneRun(azure).backupPolicy;
  expect(reasons((await run.check({}, elsewhere)).failures)).toContain("its vault does not exist");
  const waiting = { ...elsewhere, policyName: "other", __program: { waitsForNew: true } };
  expect((await run.check({}, waiting)).failures).toEqual([]);
});

describe("a change", () => {
  let first: Awaited<ReturnType<typeof created>>;
  beforeEach(async () => {
    first = await created(oneRun(azure).backupPolicy, daily);
  });

  test("of a policy that nothing uses replaces it, the old one first", async () => {
    const run = oneRun(azure);
    const { inputs, failures } = await run.backupPolicy.check(first.inputs, shorter());
    expect(failures).toEqual([]);
    expect(await run.backupPolicy.diff(first.id, first.outs, inputs)).toEqual({
      changes: true,
      replaces: ["retention"],
      deleteBeforeReplace: true,
    });
    // The engine checks the new half before it deletes the old one.
    expect((await run.backupPolicy.check({}, shorter())).failures).toEqual([]);
    await run.backupPolicy.delete(first.id, first.outs);
    expect((await run.backupPolicy.create(inputs)).id).toBe(first.id);
  });

  test("to another form of the same rules replaces nothing and writes nothing", async () => {
    const { inputs } = first;
    const imported = (await oneRun(azure).backupPolicy.read(first.id, {})).inputs as typeof inputs;
    const { policyRules } = (azure.arm("GET", first.id).body as { properties: { policyRules: unknown } }).properties;
    const { schedule: _, retention: _1, policyId: _2, ...named } = imported;
    const run = oneRun(azure).backupPolicy;
    const checked = await run.check(inputs, { ...named, policyRules });
    expect(checked.failures).toEqual([]);
    expect(await run.diff(first.id, first.outs, checked.inputs)).toMatchObject({ changes: true, replaces: [] });
    expect((await run.update(first.id, first.outs, checked.inputs)).outs).toMatchObject({ policyRules });
    expect(writes()).toBe(1);
  });

  test("to what is not known yet is neither refused nor a replacement", async () => {
    protect();
    const run = oneRun(azure).backupPolicy;
    const news = { ...daily, retention: [{ keep: unknownSentinel }] };
    const { inputs, failures } = await run.check(first.inputs, news);
    expect(failures).toEqual([]);
    expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  });

  test("of a policy in use is refused with the names of its instances", async () => {
    protect();
    const { failures } = await oneRun(azure).backupPolicy.check(first.inputs, shorter());
    expect(reasons(failures)).toMatch(
      /^policy-in-use-deleted: Backup policy "disks-daily" .* cannot be replaced to change `retention`\. It is used by 1 backup instance: disk-1/,
    );
  });

  test("whose instances cannot be read is undecided in the preview, and refused at up before anything is deleted", async () => {
    protect();
    azure.faults.add({
      kind: "status",
      path: "/backupInstances",
      status: 403,
      code: "AuthorizationFailed",
      times: "always",
    });
    const run = oneRun(azure);
    expect((await run.backupPolicy.check(first.inputs, shorter())).failures).toEqual([]);
    expect(run.warnings.join()).toMatch(/cannot determine yet whether .* What uses it could not be read: .*403/);
    await expect(run.backupPolicy.delete(first.id, first.outs)).rejects.toThrow("403");
    expect(statusOf()).toBe(200);
  });

  test("with the option that creates the new half first is refused, as a vault has one policy of a name", async () => {
    const news = { ...shorter(), __program: { createsFirst: true } };
    const { failures } = await oneRun(azure).backupPolicy.check(first.inputs, news);
    expect(reasons(failures)).toContain("A vault cannot have two policies of one name");
  });

  test("of the vault or the name makes the new policy first", async () => {
    const run = oneRun(azure).backupPolicy;
    const { inputs } = await run.check(first.inputs, { ...daily, policyName: "disks" });
    expect(await run.diff(first.id, first.outs, inputs)).toEqual({
      changes: true,
      replaces: ["policyName"],
      deleteBeforeReplace: false,
    });
  });

  test("of case alone in the vault's ID or the name is none", async () => {
    const news = { ...daily, vault: vault.replace("backupVaults", "BackupVaults"), policyName: "Disks-Daily" };
    const run = oneRun(azure).backupPolicy;
    const { inputs } = await run.check(first.inputs, news);
    expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: false });
  });
});

describe("a deletion", () => {
  test("of a policy that is gone, or whose vault is, succeeds", async () => {
    const { id, outs } = await created(oneRun(azure).backupPolicy, daily);
    azure.arm("DELETE", id);
    await oneRun(azure).backupPolicy.delete(id, outs);
    azure.arm("DELETE", vault);
    azure.vault(vault);
    await oneRun(azure).backupPolicy.delete(id, outs);
  });

  test("of a policy in use is refused before a request for it is sent", async () => {
    const { id, outs } = await created(oneRun(azure).backupPolicy, daily);
    protect();
    const before = writes();
    await expect(oneRun(azure).backupPolicy.delete(id, outs)).rejects.toThrow(
      /^policy-in-use-deleted: .* cannot be deleted\. It is used by 1 backup instance: disk-1/,
    );
    expect(writes()).toBe(before);
  });
});

describe("a read", () => {
  test("by the ID alone has the short form", async () => {
    const { id, inputs } = await created(oneRun(azure).backupPolicy, daily);
    const { inputs: found } = await oneRun(azure).backupPolicy.read(id, {});
    expect(found).toEqual(inputs);
    const run = oneRun(azure).backupPolicy;
    expect((await run.check(found as typeof inputs, daily)).failures).toEqual([]);
  });

  test("of what is not there is an error for an import, and nothing for a refresh", async () => {
    const { id, outs } = await created(oneRun(azure).backupPolicy, daily);
    azure.arm("DELETE", id);
    await expect(oneRun(azure).backupPolicy.read(id, {})).rejects.toThrow("does not exist");
    expect(await oneRun(azure).backupPolicy.read(id, outs)).toEqual({});
    await expect(oneRun(azure).backupPolicy.read(vault, {})).rejects.toThrow("is not the ARM ID of a backup policy");
  });

  test("of a policy that somebody made anew shows what it is now", async () => {
    const { id, inputs, outs } = await created(oneRun(azure).backupPolicy, daily);
    azure.arm("DELETE", id);
    await created(oneRun(azure).backupPolicy, shorter());
    const { props = {} } = await oneRun(azure).backupPolicy.read(id, outs);
    expect(props.retention).toEqual([{ keep: "P7D" }]);
    expect(await oneRun(azure).backupPolicy.diff(id, props, inputs)).toMatchObject({ replaces: ["retention"] });
  });

  test("of a data source that this version does not know claims nothing", async () => {
    const properties = { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Sql/servers"], policyRules: [] };
    azure.arm("PUT", idOf("sql"), { properties });
    await expect(oneRun(azure).backupPolicy.read(idOf("sql"), {})).rejects.toThrow(
      "is not understood by this version: its data source Microsoft.Sql/servers",
    );
  });
});

describe("a policy that Azure has and would not take any more", () => {
  // Of a disk, a year is documented to be the longest retention.
  const older = () => ({ ...daily, retention: [{ keep: "P400D" }] });
  const limit = "retention[0] must be at most P1Y for managed disks";

  beforeEach(() => {
    const lifecycles = [
      {
        sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
        deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P400D" },
      },
    ];
    const backup = {
      objectType: "AzureBackupRule",
      name: "BackupDaily",
      backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
      dataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
      trigger: {
        objectType: "ScheduleBasedTriggerContext",
        schedule: { repeatingTimeIntervals: ["R/2024-01-07T02:00:00+00:00/P1D"], timeZone: "UTC" },
        taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { id: "Default_", tagName: "Default" } }],
      },
    };
    const { status } = azure.arm("PUT", idOf(), {
      properties: {
        objectType: "BackupPolicy",
        datasourceTypes: ["Microsoft.Compute/disks"],
        policyRules: [backup, { objectType: "AzureRetentionRule", name: "Default", isDefault: true, lifecycles }],
      },
    });
    expect(status).toBe(200);
  });

  test("is imported, and its program previews without a change", async () => {
    const { props, inputs } = await oneRun(azure).backupPolicy.read(idOf(), {});
    const next = oneRun(azure).backupPolicy;
    const checked = await next.check(inputs as never, inputs as never);
    expect(checked.failures).toEqual([]);
    expect(await next.diff(idOf(), props as never, checked.inputs)).toMatchObject({ changes: false });
  });

  test("is adopted as it is", async () => {
    await created(oneRun(azure).backupPolicy, { ...older(), adopt: true });
    expect(writes()).toBe(0);
  });

  test.each([
    ["created", () => [{}, { ...older(), policyName: "another" }]],
    ["created where another one is adopted", () => [{}, { ...older(), policyName: "another", adopt: true }]],
    ["adopted otherwise", () => [{}, { ...older(), retention: [{ keep: "P500D" }], adopt: true }]],
    ["made of another one", () => [{ ...daily, policyId: idOf() }, older()]],
  ])("is not %s", async (_, given) => {
    const [olds = {}, news = {}] = given();
    expect(reasons((await oneRun(azure).backupPolicy.check(olds, news)).failures)).toContain(limit);
  });
});

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
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.RecoveryServices/vaults/rsv-${worlds}`;
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.vault(vault);
  daily = {
    vault,
    policyName: "machines-daily",
    dataSource: "VM",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P30D" }],
  };
});

const idOf = (name = "machines-daily") => `${vault}/backupPolicies/${name}`;
const writes = () => azure.writes().filter(({ path }) => path.includes(`${vault}/backupPolicies/`)).length;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
const live = (name?: string) => (azure.arm("GET", idOf(name)).body as { properties: Record<string, never> }).properties;
const keeping = (...keep: string[]) => ({ ...daily, retention: keep.map((each) => ({ keep: each })) });

/** A virtual machine that uses the policy. It is another one for each vault: no two can protect the same. */
function protect(policy = "machines-daily", name = `vm-payroll-${worlds}`): void {
  const source = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.Compute/virtualMachines/${name}`;
  const inFabric = `protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-payroll;${name}/protectedItems/VM;iaasvmcontainerv2;rg-payroll;${name}`;
  const properties = {
    protectedItemType: "Microsoft.Compute/virtualMachines",
    sourceResourceId: source,
    policyId: idOf(policy),
  };
  expect(azure.arm("PUT", `${vault}/backupFabrics/Azure/${inFabric}`, { properties }).status).toBe(202);
}

function makeImmutable(...states: string[]): void {
  for (const state of states) {
    const properties = { securitySettings: { immutabilitySettings: { state } } };
    expect(azure.arm("PATCH", vault, { properties }).status).toBeLessThan(300);
    azure.vault(vault);
  }
}

const policies: Record<string, object> = {
  "a standard policy": {},
  "an enhanced policy every four hours": {
    policyType: "V2",
    schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H", timeZone: "W. Europe Standard Time" },
    retention: [
      { keep: "P30D" },
      { keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } },
      { keep: "P12M", of: { daysOfTheMonth: [1, 15], lastDayOfTheMonth: true } },
      { keep: "P10Y", of: { monthsOfYear: ["January"], weeksOfTheMonth: ["Last"], daysOfTheWeek: ["Sunday"] } },
    ],
  },
  "a weekly policy": { schedule: { every: "P1W", at: "02:30", on: ["Sunday"] }, retention: [{ keep: "P12W" }] },
  "snapshots of file shares": { dataSource: "AzureFileShare", schedule: { every: "PT8H", at: "06:00" } },
  "file shares in the vault": { dataSource: "AzureFileShare", snapshotRetentionInDays: 7 },
  "SQL Server": {
    dataSource: "SQLDataBase",
    schedule: { every: "P1W", at: "22:00", on: ["Saturday"] },
    retention: [{ keep: "P26W" }],
    differential: { on: ["Tuesday", "Thursday"], at: "22:00", keep: "P30D" },
    log: { every: "PT15M", keep: "P15D" },
    isCompression: true,
  },
  "SAP HANA": {
    dataSource: "SAPHanaDatabase",
    schedule: { every: "P1W", at: "22:00", on: ["Saturday"] },
    retention: [{ keep: "P26W" }],
    incremental: { on: ["Monday"], at: "22:00", keep: "P30D" },
    log: { every: "PT2H", keep: "P15D" },
  },
  "SAP ASE": {
    dataSource: "SAPAseDatabase",
    schedule: { every: "P1D", at: "19:30" },
    retention: [{ keep: "P180D" }, { keep: "P104W", of: { daysOfTheWeek: ["Sunday"] } }],
    log: { every: "PT2H", keep: "P15D" },
  },
};

test.each(Object.entries(policies))("%s is created, read as it is written, and deleted", async (_, more) => {
  const program = { ...daily, ...more };
  const run = oneRun(azure).recoveryServicesBackupPolicy;
  const { id, inputs, outs } = await created(run, program);
  expect(id).toBe(idOf());
  const found = await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs);
  expect(found.inputs).toEqual(inputs);
  const imported = await oneRun(azure).recoveryServicesBackupPolicy.read(id, {});
  const again = await oneRun(azure).recoveryServicesBackupPolicy.check(imported.inputs as never, program);
  expect(again.failures).toEqual([]);
  expect(imported.inputs).not.toHaveProperty("properties");
  expect(writes()).toBe(1);
  await run.delete(id, outs);
  expect(azure.arm("GET", id).status).toBe(404);
});

describe("a policy that exists", () => {
  beforeEach(async () => void (await created(oneRun(azure).recoveryServicesBackupPolicy, daily)));

  test("is an error for a new resource, which says how to take it over", async () => {
    const run = oneRun(azure).recoveryServicesBackupPolicy;
    expect(reasons((await run.check({}, daily)).failures)).toMatch(
      /already exists.*AZURE_BACKUP_ADOPT=.*adopt: true.*it is changed to match the program/,
    );
    await expect(run.create({ ...daily, policyId: idOf() })).rejects.toThrow("already exists");
    expect(writes()).toBe(1);
  });

  test("is adopted and changed to what the program says", async () => {
    const run = oneRun(azure);
    await created(run.recoveryServicesBackupPolicy, { ...keeping("P60D"), adopt: true });
    expect(run.warnings.join()).toContain("exists and is adopted, not created");
    expect(live()).toMatchObject({ retentionPolicy: { dailySchedule: { retentionDuration: { count: 60 } } } });
  });

  test("is adopted without a write where it is as the program says", async () => {
    await created(oneRun(azure).recoveryServicesBackupPolicy, { ...daily, adopt: true });
    expect(writes()).toBe(1);
  });

  test("of another type is not adopted", async () => {
    const { failures } = await oneRun(azure).recoveryServicesBackupPolicy.check(
      {},
      { ...daily, policyType: "V2", adopt: true },
    );
    expect(reasons(failures)).toContain("cannot be adopted: it is another kind of policy");
  });
});

describe("a change in place", () => {
  let first: Awaited<ReturnType<typeof created>>;
  beforeEach(async () => {
    first = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
  });

  async function changedTo(program: object) {
    const run = oneRun(azure);
    const policy = run.recoveryServicesBackupPolicy;
    const { inputs, failures } = await policy.check(first.inputs, program as Record<string, unknown>);
    const difference = await policy.diff(first.id, first.outs, inputs);
    return { inputs, failures, difference, warnings: run.warnings, policy };
  }

  test("of the schedule is written, also while the policy is in use", async () => {
    protect();
    const { inputs, failures, difference, warnings, policy } = await changedTo({
      ...daily,
      schedule: { every: "P1D", at: "03:00" },
    });
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
    expect(difference).toEqual({ changes: true, replaces: [], deleteBeforeReplace: false });
    await policy.update(first.id, first.outs, inputs);
    expect(live()).toMatchObject({ schedulePolicy: { scheduleRunTimes: ["2020-01-01T03:00:00Z"] } });
  });

  test("to a shorter retention is announced with what it deletes", async () => {
    protect();
    const { inputs, failures, warnings, policy } = await changedTo(keeping("P7D"));
    expect(failures).toEqual([]);
    expect(warnings.join()).toMatch(
      /^rsv-policy-retention-shorter: Backup policy "machines-daily" of Recovery Services vault "rsv-\d+" would change `retention`\. Backups would be kept for less time: P7D instead of P30D \(daily, VaultStore\)\. Azure applies this to existing recovery points and deletes those that are older\. It is used by 1 protected item: vm-payroll-\d+/,
    );
    await policy.update(first.id, first.outs, inputs);
    expect(live()).toMatchObject({ retentionPolicy: { dailySchedule: { retentionDuration: { count: 7 } } } });
  });

  test("to fewer backups is announced with the time between them, and not where nothing uses the policy", async () => {
    const weekly = { ...daily, schedule: { every: "P1W", at: "02:00", on: ["Sunday"] }, retention: [{ keep: "P12W" }] };
    expect((await changedTo(weekly)).warnings).toEqual([]);
    protect();
    expect((await changedTo(weekly)).warnings.join()).toMatch(
      /rsv-backup-less-frequent: .* Backups would be up to 7 days apart instead of 24 hours\./,
    );
  });

  test("to a shorter retention that nothing uses is not announced", async () => {
    expect((await changedTo(keeping("P7D"))).warnings).toEqual([]);
  });

  test.each([
    ["Unlocked", ["Unlocked"], "or disable the vault's immutability first"],
    ["Locked", ["Unlocked", "Locked"], "Keep the retention."],
  ])(
    "to a shorter retention is refused while the vault is %s, at preview and before the write",
    async (_, states, wayOut) => {
      makeImmutable(...states);
      const { failures } = await changedTo(keeping("P7D"));
      expect(reasons(failures)).toMatch(/^rsv-policy-retention-shorter: .* cannot change `retention`.*immutable vault/);
      expect(reasons(failures)).toContain(wayOut);
      const before = writes();
      const inputs = { ...first.inputs, retention: [{ keep: "P7D" }] };
      const update = oneRun(azure).recoveryServicesBackupPolicy.update(first.id, first.outs, inputs);
      await expect(update).rejects.toThrow("rsv-policy-retention-shorter");
      expect(writes()).toBe(before);
    },
  );

  test.each([
    [[], "Unlocked", /^rsv-policy-retention-shorter: .*immutability becomes Unlocked in the same run/, ""],
    [["Unlocked"], "Disabled", /^$/, ""],
    [[], unknownSentinel, /^$/, "rsv-policy-retention-shorter: cannot determine yet whether"],
  ] as const)(
    "in a vault that is %j, which the same run makes %s, is judged by what the run makes of it",
    async (states, immutability, refused, warned) => {
      const program = { resourceGroupName: "rg-payroll", vaultName: `rsv-${worlds}`, location: "westeurope" };
      makeImmutable(...states);
      const { inputs } = await created(oneRun(azure).recoveryServicesVault, { ...program, adopt: true });
      const run = oneRun(azure);
      await run.recoveryServicesVault.check(inputs, { ...program, adopt: true, immutability });
      const { failures } = await run.recoveryServicesBackupPolicy.check(first.inputs, keeping("P7D"));
      expect(reasons(failures)).toMatch(refused);
      expect(run.warnings.filter((each) => each.startsWith("rsv-policy")).join()).toContain(warned);
    },
  );

  test("to a shorter retention needs the request of the vault's resource guard, and a longer one does not", async () => {
    const guard = `${vault.split("/").slice(0, 5).join("/")}/providers/Microsoft.DataProtection/resourceGuards/guard-${worlds}`;
    azure.arm("PUT", guard, { location: "westeurope", properties: {} });
    const properties = { resourceGuardResourceId: guard };
    azure.arm("PUT", `${vault}/backupResourceGuardProxies/VaultProxy`, { properties });
    expect((await changedTo(keeping("P60D"))).failures).toEqual([]);
    const { inputs, failures, policy } = await changedTo(keeping("P7D"));
    expect(reasons(failures)).toMatch(
      /^rsv-policy-guarded: .* cannot change `retention`.*Add ".*\/updateProtectionPolicyRequests\/default" to `resourceGuardOperationRequests`/,
    );
    const before = writes();
    await expect(policy.update(first.id, first.outs, inputs)).rejects.toThrow("rsv-policy-guarded");
    expect(writes()).toBe(before);
    const shorter = JSON.parse(JSON.stringify(live()).replace('"count":30', '"count":8'));
    expect(azure.arm("PUT", first.id, { properties: shorter }).status).toBe(403);

    const resourceGuardOperationRequests = [`${guard}/updateProtectionPolicyRequests/default`];
    const allowed = await changedTo({ ...keeping("P7D"), resourceGuardOperationRequests });
    expect(allowed.failures).toEqual([]);
    await allowed.policy.update(first.id, first.outs, allowed.inputs);
    expect(live()).toMatchObject({ retentionPolicy: { dailySchedule: { retentionDuration: { count: 7 } } } });
  });

  test("to a longer retention of a locked vault is announced as permanent", async () => {
    makeImmutable("Unlocked", "Locked");
    const { failures, warnings } = await changedTo(keeping("P60D"));
    expect(failures).toEqual([]);
    expect(warnings.join()).toMatch(/^rsv-policy-retention-longer: .*P60D instead of P30D.*this cannot be undone/);
    const yearly = { keep: "P1Y", of: { monthsOfYear: ["May"], daysOfTheMonth: [1] } };
    const added = await changedTo({ ...daily, retention: [{ keep: "P30D" }, yearly] });
    expect(added.warnings.join()).toMatch(/^rsv-policy-retention-longer: .*P1Y in addition \(yearly, VaultStore\)/);
  });

  test("of a vault that cannot be read is undecided at preview, and not written", async () => {
    const gone = { kind: "status", path: new RegExp(`${vault}\\?`), status: 403, code: "AuthorizationFailed" } as const;
    azure.faults.add({ ...gone, times: "always" });
    const { inputs, failures, warnings, policy } = await changedTo(keeping("P7D"));
    expect(failures).toEqual([]);
    expect(warnings.join()).toMatch(/cannot determine yet whether .* can change `retention`.*will not change it until/);
    const before = writes();
    await expect(policy.update(first.id, first.outs, inputs)).rejects.toThrow("immutability could not be read");
    expect(writes()).toBe(before);
  });

  test("to Azure's own form of the same writes nothing", async () => {
    const { protectedItemsCount: _, ...properties } = live();
    const named = { vault, policyName: "machines-daily", dataSource: "VM" };
    const { inputs, failures, difference, policy } = await changedTo({ ...named, properties });
    expect(failures).toEqual([]);
    expect(difference).toMatchObject({ changes: true, replaces: [] });
    await policy.update(first.id, first.outs, inputs);
    expect(writes()).toBe(1);
  });

  test("to what is not known yet is neither refused nor a replacement", async () => {
    const { failures, difference } = await changedTo({ ...daily, retention: [{ keep: unknownSentinel }] });
    expect(failures).toEqual([]);
    expect(difference).toMatchObject({ changes: true, replaces: [] });
  });

  test("of a policy that is gone says so, and creates nothing", async () => {
    azure.arm("DELETE", first.id);
    const { inputs, policy } = await changedTo(keeping("P60D"));
    await expect(policy.update(first.id, first.outs, inputs)).rejects.toThrow("does not exist any more");
    expect(azure.arm("GET", first.id).status).toBe(404);
  });

  test("whose response is lost is done, and recorded", async () => {
    azure.faults.add({ method: "PUT", path: "/backupPolicies/", kind: "dropAfter" });
    azure.faults.add({ method: "PUT", path: "/backupPolicies/", kind: "status", after: 1, status: 400, code: "Busy" });
    const { inputs, policy } = await changedTo(keeping("P60D"));
    expect((await policy.update(first.id, first.outs, inputs)).outs).toMatchObject({ retention: [{ keep: "P60D" }] });
  });
});

describe("a replacement", () => {
  test("for another type of policy is refused while something uses the policy", async () => {
    const { inputs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    protect();
    const { failures } = await oneRun(azure).recoveryServicesBackupPolicy.check(inputs, { ...daily, policyType: "V2" });
    expect(reasons(failures)).toMatch(
      /^rsv-policy-in-use-deleted: .* cannot be replaced to change `policyType`\. It is used by 1 protected item: vm-payroll-\d+ .*gives it to the protected items/,
    );
  });

  test("for another type of policy that nothing uses is made, the old one first", async () => {
    const { id, inputs, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    const run = oneRun(azure).recoveryServicesBackupPolicy;
    const checked = await run.check(inputs, { ...daily, policyType: "V2" });
    expect(checked.failures).toEqual([]);
    expect(await run.diff(id, outs, checked.inputs)).toEqual({
      changes: true,
      replaces: ["policyType"],
      deleteBeforeReplace: true,
    });
  });

  test("takes the backups of file shares out of the vault, and a change puts them there for good", async () => {
    const shares = { ...daily, dataSource: "AzureFileShare" };
    const { id, inputs, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, shares);
    const run = oneRun(azure);
    const vaulted = await run.recoveryServicesBackupPolicy.check(inputs, { ...shares, snapshotRetentionInDays: 7 });
    expect(run.warnings.join()).toMatch(/^rsv-policy-vaulted: .*which cannot be undone/);
    expect(run.warnings.join()).not.toContain("for less time");
    expect(await run.recoveryServicesBackupPolicy.diff(id, outs, vaulted.inputs)).toMatchObject({ replaces: [] });
    await run.recoveryServicesBackupPolicy.update(id, outs, vaulted.inputs);
    const back = await oneRun(azure).recoveryServicesBackupPolicy.check(vaulted.inputs, shares);
    expect(await oneRun(azure).recoveryServicesBackupPolicy.diff(id, vaulted.inputs, back.inputs)).toMatchObject({
      replaces: ["snapshotRetentionInDays"],
    });
  });
});

describe("a deletion", () => {
  test("of a policy in use is refused before a request for it is sent", async () => {
    const { id, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    protect();
    const before = writes();
    await expect(oneRun(azure).recoveryServicesBackupPolicy.delete(id, outs)).rejects.toThrow(
      /^rsv-policy-in-use-deleted: .* cannot be deleted\. It is used by 1 protected item: vm-payroll-\d+/,
    );
    expect(writes()).toBe(before);
  });

  test("of a policy that is gone, or whose vault is, succeeds", async () => {
    const { id, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    azure.arm("DELETE", id);
    await oneRun(azure).recoveryServicesBackupPolicy.delete(id, outs);
    azure.arm("DELETE", vault);
    azure.vault(vault);
    await oneRun(azure).recoveryServicesBackupPolicy.delete(id, outs);
  });
});

describe("a read", () => {
  test("of a policy with more than the short form can say is in Azure's own form", async () => {
    const { id, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    const { protectedItemsCount: _, ...properties } = live();
    const tieringPolicy = { ArchivedRP: { tieringMode: "TierRecommended", duration: 0, durationType: "Invalid" } };
    azure.arm("PUT", id, { properties: { ...properties, tieringPolicy } });
    const { inputs } = await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs);
    expect(inputs).toMatchObject({ properties: { tieringPolicy } });
    expect(inputs).not.toHaveProperty("retention");
  });

  test("takes an archive tier that is not used for none", async () => {
    const { id, inputs, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    const { protectedItemsCount: _, ...properties } = live();
    const tieringPolicy = { ArchivedRP: { tieringMode: "DoNotTier", duration: 0, durationType: "Invalid" } };
    azure.arm("PUT", id, { properties: { ...properties, tieringPolicy, instantRPDetails: {} } });
    expect((await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs)).inputs).toEqual(inputs);
  });

  test("of a policy of another service claims nothing", async () => {
    azure.arm("PUT", idOf("mars"), { properties: { backupManagementType: "MAB" } });
    await expect(oneRun(azure).recoveryServicesBackupPolicy.read(idOf("mars"), {})).rejects.toThrow(
      "is not understood by this version",
    );
  });

  test.each(["DefaultPolicy", "EnhancedPolicy", "HourlyLogBackup"])("knows %s, which every vault has", async (name) => {
    const { inputs } = await oneRun(azure).recoveryServicesBackupPolicy.read(idOf(name), {});
    expect(inputs).not.toHaveProperty("properties");
  });

  test("of what is not there is an error for an import, and nothing for a refresh", async () => {
    const { id, outs } = await created(oneRun(azure).recoveryServicesBackupPolicy, daily);
    azure.arm("DELETE", id);
    await expect(oneRun(azure).recoveryServicesBackupPolicy.read(id, {})).rejects.toThrow("does not exist");
    expect(await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs)).toEqual({});
    await expect(oneRun(azure).recoveryServicesBackupPolicy.read(vault, {})).rejects.toThrow("is not the ARM ID");
  });
});

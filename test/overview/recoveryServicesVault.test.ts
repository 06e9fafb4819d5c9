import type { Emulator } from "../../emulator/index.js";
import type { Azure } from "../../provider/azure/index.js";
import { filterTime } from "../../provider/azure/recoveryServices/recoveryServicesJobs.js";
import { overviewOf, overviewsIn, type VaultOverview } from "../../provider/overview/index.js";
import { closeEmulators, emulated, idOf, previewDeadline, vaultBody } from "../azure/emulated.js";

let emulator: Emulator;
let azure: Azure;

beforeAll(async () => {
  ({ emulator, azure } = await emulated({ pageSize: 2 }));
});
afterAll(closeEmulators);
beforeEach(() => {
  emulator.reset();
  emulator.createResourceGroup("rg");
});

const idOfVault = (name: string) =>
  `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/${name}`;

function vault(name: string, properties: object = {}): string {
  const id = idOfVault(name);
  const { status } = emulator.arm("PUT", id, {
    location: "westeurope",
    sku: { name: "Standard" },
    identity: { type: "SystemAssigned" },
    properties: { publicNetworkAccess: "Enabled", ...properties },
  });
  expect(status).toBe(201);
  return id;
}

const overview = async (id: string) => (await overviewOf(azure, id, previewDeadline())) as VaultOverview;

test("an empty vault: nothing in it, nothing against its deletion", async () => {
  const id = vault("empty");
  expect(await overview(id)).toMatchObject({
    vaultId: id,
    kind: "RecoveryServicesVault",
    vaultName: "empty",
    resourceGroupName: "rg",
    location: "westeurope",
    settings: { softDelete: { state: "AlwaysON", retentionDurationInDays: 14 }, isProtectedByResourceGuard: false },
    security: { bcdrSecurityLevel: "Good", secureScore: "Adequate" },
    instances: [],
    jobs: [],
    encryption: { keyManagement: "platform" },
    deletion: { decision: "possible", findings: [] },
    closed: [{ property: "softDelete.state", state: "AlwaysON", stays: true }],
    unreadable: [],
  });
  expect(emulator.writes()).toEqual([]);
});

test("a vault with data: protected items, jobs of a week, what blocks its deletion, what it cannot become", async () => {
  const redundancySettings = { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" };
  const id = vault("full", { redundancySettings });
  for (const name of ["vm-one", "vm-two", "vm-three"]) emulator.protectVm(id, { name });
  emulator.protectVm(id, { name: "vm-old", state: "ProtectionStopped" });
  emulator.register(id, "files");
  emulator.addJob(id, { status: "Failed" });
  emulator.addJob(id, { startTime: new Date(Date.now() - 8 * 86_400_000) });
  const seen = await overview(id);
  expect(seen.instances).toEqual([
    { type: "Microsoft.Compute/virtualMachines", state: "Protected", count: 3 },
    { type: "Microsoft.Compute/virtualMachines", state: "ProtectionStopped", count: 1 },
  ]);
  expect(seen.jobs).toContainEqual({ operation: "Backup", status: "Failed", count: 1 });
  expect(seen.jobs).not.toContainEqual(expect.objectContaining({ operation: "Backup", status: "Completed" }));
  expect(seen.deletion).toMatchObject({ decision: "blocked", findings: [{ code: "rsv-delete-not-empty" }] });
  expect(seen.closed.map(({ property, state }) => `${property} ${state}`)).toEqual([
    "redundancy GeoRedundant",
    "crossRegionRestore Enabled",
    "softDelete.state AlwaysON",
    "encryption unset",
  ]);
});

test("a customer-managed key: its identity, state and rights", async () => {
  const id = vault("encrypted");
  const keyVault = emulator.createKeyVault("rg", "kv-recovery");
  const keyUri = emulator.createKey(keyVault.id, "main");
  emulator.grant(keyVault.id, emulator.vault(id)?.identity?.principalId ?? "");
  const kekIdentity = { useSystemAssignedIdentity: true };
  const encryption = { keyVaultProperties: { keyUri }, kekIdentity, infrastructureEncryption: "Disabled" };
  expect(emulator.arm("PATCH", id, { properties: { encryption } }).status).toBeLessThan(300);
  const seen = await overview(id);
  expect(seen.encryption).toMatchObject({
    keyManagement: "customer",
    keyUri,
    identity: "SystemAssigned",
    key: { status: "usable", type: "RSA" },
    access: { get: "yes", wrap: "yes", unwrap: "yes" },
  });
  expect(seen.closed).toContainEqual(expect.objectContaining({ property: "encryption", state: "Enabled" }));
});

test("what may not be read is absent and said, and the rest is there", async () => {
  const id = vault("partial");
  for (const path of ["/backupProtectedItems", "/backupJobs"])
    emulator.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
  const seen = await overview(id);
  expect(seen).toMatchObject({ deletion: { decision: "undecided" }, settings: { softDelete: { state: "AlwaysON" } } });
  expect(seen).not.toHaveProperty("instances");
  expect(seen).not.toHaveProperty("jobs");
  expect(seen.unreadable.map(({ what }) => what)).toEqual(["the vault's protected items", "the vault's jobs"]);
  for (const { why } of seen.unreadable) expect(why).toContain("AuthorizationFailed");
});

test("what is protected, by which policy, when it was last backed up, and until when soft delete keeps it", async () => {
  const id = vault("called");
  emulator.protectVm(id, { name: "vm-new", state: "IRPending" });
  const { name } = emulator.protectVm(id, { name: "vm-old" });
  const item = `${id}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${name.slice(3)}/protectedItems/${name}`;
  expect(emulator.arm("POST", `${item}/backup`, { properties: { objectType: "IaasVMBackupRequest" } }).status).toBe(
    202,
  );
  emulator.vault(id);
  emulator.softDelete(id, "vm-old");
  const { dataSources, policies } = await overview(id);
  expect(dataSources).toEqual([
    expect.objectContaining({ dataSourceName: "vm-new", state: "IRPending", policyName: "daily" }),
    expect.objectContaining({
      dataSourceName: "vm-old",
      state: "SoftDeleted",
      lastBackup: expect.any(String),
      lastBackupStatus: "Completed",
    }),
  ]);
  expect(dataSources?.[0]).not.toHaveProperty("lastBackup");
  const { deletedAt = "", purgedAt = "" } = dataSources?.[1] ?? {};
  expect(Date.parse(purgedAt) - Date.parse(deletedAt)).toBe(14 * 86_400_000);
  expect(policies?.find(({ policyName }) => policyName === "DefaultPolicy")).toMatchObject({
    dataSource: "VM",
    schedules: [{ every: "P1D", timeZone: "UTC" }],
    retention: expect.arrayContaining([{ rule: "daily", store: "VaultStore", keep: "P30D" }]),
    usedBy: 0,
  });
  // One that a test has made, without a schedule.
  expect(policies?.find(({ policyName }) => policyName === "daily")).toMatchObject({
    unrecognized: expect.any(String),
    usedBy: 1,
  });
});

test("a subscription's vaults of both kinds stand in one list, and one kind's failure leaves the other", async () => {
  for (const name of ["rsv-b", "rsv-d", "rsv-a"]) vault(name);
  emulator.arm("PUT", idOf(emulator, "bv-c"), vaultBody);
  const both = await overviewsIn(azure, emulator.env.ARM_SUBSCRIPTION_ID);
  expect(both.vaults.map(({ vaultName }) => vaultName)).toEqual(["bv-c", "rsv-a", "rsv-b", "rsv-d"]);
  emulator.faults.add({
    kind: "status",
    status: 403,
    path: /^\/subscriptions\/[^/]+\/providers\/Microsoft.RecoveryServices/i,
  });
  const one = await overviewsIn(azure, emulator.env.ARM_SUBSCRIPTION_ID);
  expect(one.vaults.map(({ vaultName }) => vaultName)).toEqual(["bv-c"]);
  expect(one.problems).toMatchObject([{ what: expect.stringContaining("Recovery Services vaults of subscription") }]);
});

test.each([
  ["2026-11-21T00:04:05Z", "2026-11-21 12:04:05 AM"],
  ["2026-11-21T11:59:59Z", "2026-11-21 11:59:59 AM"],
  ["2026-11-21T12:00:00Z", "2026-11-21 12:00:00 PM"],
  ["2026-11-21T15:04:05Z", "2026-11-21 03:04:05 PM"],
])("%s is %s in a filter of jobs", (date, text) => {
  expect(filterTime(new Date(date))).toBe(text);
});

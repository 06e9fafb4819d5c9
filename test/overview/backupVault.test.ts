import type { Emulator } from "../../emulator/index.js";
import type { Azure } from "../../provider/azure/index.js";
import { overviewOf, type VaultOverview } from "../../provider/overview/index.js";
import { closeEmulators, emulated, idOf, previewDeadline, vaultBody } from "../azure/emulated.js";

let emulator: Emulator;
let azure: Azure;

beforeAll(async () => {
  ({ emulator, azure } = await emulated());
});
afterAll(closeEmulators);
beforeEach(() => {
  emulator.reset();
  emulator.createResourceGroup("rg");
});

/** A vault as a client makes it, with some properties more. */
function vault(name: string, properties: object = {}, more: object = {}): string {
  const id = idOf(emulator, name);
  const { status } = emulator.arm("PUT", `${id}?api-version=2025-07-01`, {
    ...vaultBody,
    ...more,
    properties: { ...vaultBody.properties, ...properties },
  });
  expect(status).toBe(201);
  return id;
}

const overview = async (id: string) => (await overviewOf(azure, id, previewDeadline())) as VaultOverview;

test("an empty vault: nothing in it, nothing against its deletion", async () => {
  const id = vault("empty");
  expect(await overview(id)).toEqual({
    vaultId: id,
    kind: "BackupVault",
    vaultName: "empty",
    resourceGroupName: "rg",
    subscriptionId: emulator.env.ARM_SUBSCRIPTION_ID,
    location: "westeurope",
    provisioningState: "Succeeded",
    settings: {
      redundancy: "LocallyRedundant",
      softDelete: { state: "On", retentionDurationInDays: 14 },
      isProtectedByResourceGuard: false,
    },
    security: { bcdrSecurityLevel: "Poor", secureScore: "None" },
    instances: [],
    dataSources: [],
    policies: [],
    resourceGuards: [],
    jobs: [],
    encryption: { keyManagement: "platform" },
    deletion: { decision: "possible", findings: [] },
    closed: [expect.objectContaining({ code: "infrastructure-encryption-fixed" })],
    unreadable: [],
  });
  expect(emulator.writes()).toEqual([]);
});

test("there is no overview of a vault that is not there", async () => {
  expect(await overviewOf(azure, idOf(emulator, "nothing"), previewDeadline())).toBeUndefined();
});

test("a vault with data: instances by type and state, what blocks its deletion, what it cannot become", async () => {
  const securitySettings = {
    immutabilitySettings: { state: "Locked" },
    softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 30 },
  };
  const id = vault("full", { securitySettings });
  for (const name of ["one", "two"]) emulator.protect(id, { name, datasourceType: "Microsoft.Compute/disks" });
  emulator.protect(id, { name: "gone", datasourceType: "Microsoft.Compute/disks" });
  emulator.softDelete(id, "gone");
  const seen = await overview(id);
  expect(seen.instances).toEqual([
    { type: "Microsoft.Compute/disks", state: "ProtectionConfigured", count: 2 },
    { type: "Microsoft.Compute/disks", state: "SoftDeleted", count: 1 },
  ]);
  expect(seen.deletion.decision).toBe("blocked");
  expect(seen.deletion.findings.map(({ decision, code }) => `${decision} ${code}`)).toEqual([
    "refuse delete-with-instances",
    "refuse delete-locked-with-data",
    "warn delete-with-policies",
    "warn operational-backups-left",
  ]);
  expect(seen.closed.map(({ property, state, stays }) => `${property} ${stays ? "stays" : "is"} ${state}`)).toEqual([
    "redundancy stays LocallyRedundant",
    "softDelete.state stays AlwaysOn",
    "immutability stays Locked",
    "encryption.infrastructureEncryption stays Disabled",
  ]);
  expect(seen.security).toEqual({ bcdrSecurityLevel: "Good", secureScore: "Adequate" });
});

/** A vault whose key a user-assigned identity reaches by a role. */
function encryptedVault(attributes: object = {}): { id: string; keyUri: string; identity: string } {
  const identity = emulator.createUserAssignedIdentity("rg", "reader");
  const keyVault = emulator.createKeyVault("rg", "kv-overview");
  const keyUri = emulator.createKey(keyVault.id, "main", { attributes });
  emulator.grant(keyVault.id, identity.properties.principalId);
  const encryptionSettings = {
    state: "Enabled",
    keyVaultProperties: { keyUri },
    kekIdentity: { identityType: "UserAssigned", identityId: identity.id },
  };
  const identities = { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } };
  const id = vault("encrypted", { securitySettings: { encryptionSettings } }, { identity: identities });
  return { id, keyUri, identity: identity.id };
}

test("a customer-managed key: its identity, state, expiry and rights", async () => {
  const exp = Math.floor(Date.now() / 1000) + 90 * 86_400;
  const { id, keyUri, identity } = encryptedVault({ exp });
  const { encryption, closed } = await overview(id);
  expect(encryption).toMatchObject({
    keyManagement: "customer",
    state: "Enabled",
    keyUri,
    key: { status: "usable", type: "RSA", size: 2048, expires: new Date(exp * 1000).toISOString() },
    keyVault: { softDelete: true, purgeProtection: true, networkRestricted: false },
    access: { get: "yes", wrap: "yes", unwrap: "yes" },
  });
  expect(encryption.identity?.toLowerCase()).toBe(identity.toLowerCase());
  expect(closed).toContainEqual(expect.objectContaining({ property: "encryption", state: "Enabled", stays: true }));
});

test.each([
  ["disabled", { enabled: false }],
  ["expired", { exp: 1_000_000_000 }],
  ["not valid yet", { nbf: 4_000_000_000 }],
  ["missing", undefined],
] as const)("a key that is %s says so", async (status, attributes) => {
  const { id, keyUri } = encryptedVault();
  emulator.setKey(keyUri, attributes);
  expect((await overview(id)).encryption.key?.status).toBe(status);
});

test("a vault whose key is lost cannot be deleted", async () => {
  const { id, keyUri } = encryptedVault();
  emulator.setKey(keyUri, undefined);
  const { deletion } = await overview(id);
  expect(deletion).toMatchObject({ decision: "blocked", findings: [{ code: "delete-cmk-broken" }, {}] });
});

test("what may not be read is absent and said, and the rest is there", async () => {
  const id = vault("partial");
  for (const path of ["/backupInstances", "/backupJobs"])
    emulator.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
  const seen = await overview(id);
  expect(seen).toMatchObject({ deletion: { decision: "undecided" }, settings: { redundancy: "LocallyRedundant" } });
  for (const part of ["instances", "dataSources"]) expect(seen).not.toHaveProperty(part);
  expect(seen.policies).toEqual([]);
  expect(seen).not.toHaveProperty("jobs");
  expect(seen.unreadable.map(({ what }) => what)).toEqual(["the vault's backup instances", "the vault's jobs"]);
  for (const { why } of seen.unreadable) expect(why).toContain("AuthorizationFailed");
});

test("a vault that may not be read throws why", async () => {
  const id = vault("hidden");
  emulator.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", times: "always", path: "hidden" });
  await expect(overviewOf(azure, id, previewDeadline())).rejects.toThrow(/Azure refused GET backupVaults\/hidden/);
});

test("the jobs of the last seven days are counted by kind and status", async () => {
  const id = vault("busy");
  for (const status of ["Completed", "Failed", "Completed"]) emulator.addJob(id, { status });
  emulator.addJob(id, { operationCategory: "Restore", status: "InProgress" });
  emulator.addJob(id, { startTime: new Date(Date.now() - 8 * 86_400_000), status: "Failed" });
  expect((await overview(id)).jobs).toEqual([
    { operation: "Backup", status: "Completed", count: 2 },
    { operation: "Backup", status: "Failed", count: 1 },
    { operation: "Restore", status: "InProgress", count: 1 },
  ]);
});

describe("what a person on call asks", () => {
  const hourAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const policyBody = {
    properties: {
      objectType: "BackupPolicy",
      datasourceTypes: ["Microsoft.Compute/disks"],
      policyRules: [
        {
          objectType: "AzureBackupRule",
          name: "BackupDaily",
          dataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
          backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
          trigger: {
            objectType: "ScheduleBasedTriggerContext",
            schedule: {
              repeatingTimeIntervals: ["R/2024-01-07T02:00:00+01:00/P1D"],
              timeZone: "W. Europe Standard Time",
            },
            taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { tagName: "Default" } }],
          },
        },
        {
          objectType: "AzureRetentionRule",
          name: "Default",
          isDefault: true,
          lifecycles: [
            {
              sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
              deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
            },
          ],
        },
      ],
    },
  };

  test("what is protected, by which policy, when it was last backed up, and until when soft delete keeps it", async () => {
    const id = vault("called");
    expect(emulator.arm("PUT", `${id}/backupPolicies/daily`, policyBody).status).toBe(200);
    for (const name of ["disk-b", "disk-a", "disk-old"])
      emulator.protect(id, { name, datasourceType: "Microsoft.Compute/disks" });
    emulator.softDelete(id, "disk-old");
    const good = hourAgo(30);
    emulator.addJob(id, { instance: "disk-a", startTime: hourAgo(54) });
    emulator.addJob(id, { instance: "disk-a", startTime: good });
    emulator.addJob(id, { instance: "disk-a", startTime: hourAgo(6), status: "Failed" });
    emulator.addJob(id, {
      instance: "disk-a",
      operationCategory: "Restore",
      startTime: hourAgo(1),
      status: "Completed",
    });
    const { dataSources, policies } = await overview(id);
    const disk = { type: "Microsoft.Compute/disks", policyName: "daily", state: "ProtectionConfigured" };
    expect(dataSources).toEqual([
      expect.objectContaining({
        ...disk,
        dataSourceName: "disk-a",
        lastBackup: good.toISOString(),
        lastBackupStatus: "Failed",
      }),
      expect.objectContaining({ ...disk, dataSourceName: "disk-b" }),
      expect.objectContaining({ ...disk, dataSourceName: "disk-old", state: "SoftDeleted" }),
    ]);
    expect(dataSources?.[1]).not.toHaveProperty("lastBackup");
    const { deletedAt = "", purgedAt = "" } = dataSources?.[2] ?? {};
    expect(Date.parse(purgedAt) - Date.parse(deletedAt)).toBe(14 * 86_400_000);
    expect(policies).toEqual([
      {
        policyName: "daily",
        dataSource: "AzureDisk",
        schedules: [{ backupType: "Incremental", every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" }],
        retention: [{ rule: "Default", store: "OperationalStore", keep: "P7D" }],
        usedBy: 2,
      },
    ]);
  });

  test("the policy that this version does not know is named with what it does not know", async () => {
    const id = vault("odd");
    const odd = { properties: { ...policyBody.properties, datasourceTypes: ["Microsoft.Compute/tapes"] } };
    const azureHas = emulator.arm("PUT", `${id}/backupPolicies/tapes`, odd);
    expect(azureHas.status).toBe(200);
    expect((await overview(id)).policies).toEqual([
      expect.objectContaining({ policyName: "tapes", dataSource: "Microsoft.Compute/tapes", usedBy: 0 }),
    ]);
  });

  test("which guard protects what, which request to name, and who can give the consent", async () => {
    const id = vault("guarded");
    const guard = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.DataProtection/resourceGuards/security`;
    emulator.arm("PUT", guard, { location: "westeurope", properties: { vaultCriticalOperationExclusionList: [] } });
    const proxy = { properties: { resourceGuardResourceId: guard } };
    expect(emulator.arm("PUT", `${id}/backupResourceGuardProxies/DppResourceGuardProxy`, proxy).status).toBe(200);
    emulator.grant(guard, "0b1e0000-0000-4000-8000-00000000aaaa", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
    emulator.grant(guard, "0b1e0000-0000-4000-8000-00000000bbbb", "f54b6d04-23c6-443e-b462-9c16ab7b4a52");
    const { resourceGuards, closed } = await overview(id);
    // What the guard's owner can allow is not closed.
    expect(closed.map(({ code }) => code)).toEqual(["infrastructure-encryption-fixed"]);
    expect(resourceGuards).toEqual([
      {
        resourceGuardId: guard,
        operations: expect.arrayContaining([
          {
            vaultCriticalOperation: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
            defaultResourceRequest: `${guard}/deleteBackupInstanceRequests/default`,
          },
        ]),
        administrators: [
          { principalId: "0b1e0000-0000-4000-8000-00000000aaaa", principalType: "ServicePrincipal", role: "Owner" },
        ],
      },
    ]);

    emulator.faults.add({
      kind: "status",
      status: 403,
      path: /resourceGuards\/security\/.*roleAssignments/,
      times: "always",
    });
    const hidden = await overview(id);
    expect(hidden.resourceGuards?.[0]).not.toHaveProperty("administrators");
    expect(hidden.unreadable.map(({ what }) => what)).toEqual(['who may assign roles on resource guard "security"']);
  });

  test("a hundred instances cost the vault itself and four lists, and none of them is read by itself", async () => {
    const id = vault("many");
    for (let each = 0; each < 100; each += 1) emulator.protect(id, { name: `disk-${each}` });
    const before = emulator.journal().length;
    expect((await overview(id)).dataSources).toHaveLength(100);
    const asked = emulator
      .journal()
      .slice(before)
      .map(({ path }) => path.split("?")[0]?.split("/").at(-1));
    expect(asked.sort()).toEqual(["backupInstances", "backupJobs", "backupPolicies", "deletedBackupInstances", "many"]);
  });
});

test.each(["payroll", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d"])(
  "%s is no vault's id, and nothing is asked",
  async (text) => {
    await expect(overviewOf(azure, text, previewDeadline())).rejects.toThrow(`"${text}" is not the ARM ID of a vault.`);
    expect(emulator.journal()).toEqual([]);
  },
);

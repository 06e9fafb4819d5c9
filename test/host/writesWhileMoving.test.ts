import { type Emulator, startEmulator } from "../../emulator/index.js";
import type { BackupVaultArgs, RecoveryServicesVaultArgs } from "../../provider/index.js";
import { Host } from "../support/host.js";

/** What becomes of a change of one argument while Azure refuses every write: refused, or nothing that is sent. */
type Change = { to: unknown } | { unsent: unknown };

/** A change of each argument alone. The types force it to have every argument. */
type Changes<Args> = { [name in keyof Required<Args>]: Change };

const guardRequest =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/r/dppModifyEncryptionSettingsRequests/default";
const key = { keyUri: "https://kv-payroll.vault.azure.net/keys/backup", identity: "SystemAssigned" };

const common = {
  resourceGroupName: { to: "rg-other" },
  subscriptionId: { to: "11111111-2222-3333-4444-000000000000" },
  location: { to: "northeurope" },
  redundancy: { to: "LocallyRedundant" },
  immutability: { to: "Unlocked" },
  crossRegionRestore: { to: "Enabled" },
  crossSubscriptionRestore: { to: "Disabled" },
  alertsForAllJobFailures: { to: "Disabled" },
  costManagementGranularity: { to: "ProtectedItemLevel" },
  identity: { to: { type: "SystemAssigned" } },
  encryption: { to: key },
  tags: { to: { owner: "wages-team" } },
  resourceGuardOperationRequests: { unsent: [guardRequest] },
  adopt: { unsent: true },
  timeouts: { unsent: { update: "5m" } },
} as const;

const backupVault: Changes<BackupVaultArgs> = {
  ...common,
  vaultName: { to: "bv-wages" },
  datastoreType: { to: "OperationalStore" },
  softDelete: { to: { state: "AlwaysOn", retentionDurationInDays: 31 } },
  accept: { unsent: ["kek-identity-not-attached"] },
};

const recoveryServicesVault: Changes<RecoveryServicesVaultArgs> = {
  ...common,
  vaultName: { to: "rsv-wages" },
  sku: { to: { name: "Standard" } },
  softDelete: { to: { state: "AlwaysON", retentionDurationInDays: 31 } },
  immutabilityConfiguration: { to: { type: "TimeBased", durationInDays: 40 } },
  publicNetworkAccess: { to: "Disabled" },
  alertsForAllReplicationIssues: { to: "Disabled" },
  alertsForAllFailoverIssues: { to: "Disabled" },
  classicAlerts: { to: { alertsForCriticalOperations: "Disabled" } },
  sourceScanConfiguration: { to: { state: "Enabled" } },
  accept: { unsent: ["rsv-name-invalid"] },
};

const shared = {
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  alertsForAllJobFailures: "Enabled",
  costManagementGranularity: "VaultLevel",
  tags: { owner: "payroll-team" },
};

const kinds = {
  backupVault: {
    args: { ...shared, vaultName: "bv-payroll", softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 } },
    moving: { properties: { resourceMoveState: "InProgress" } },
    refusal: "update-while-moving: ",
    changes: backupVault as Record<string, Change>,
  },
  recoveryServicesVault: {
    args: {
      ...shared,
      vaultName: "rsv-payroll",
      softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
      alertsForAllReplicationIssues: "Enabled",
      alertsForAllFailoverIssues: "Enabled",
      publicNetworkAccess: "Enabled",
    },
    moving: { properties: { moveState: "InProgress" } },
    refusal: "rsv-update-while-moving: ",
    changes: recoveryServicesVault as Record<string, Change>,
  },
};

let azure: Emulator;

beforeAll(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
});

afterAll(() => azure.close());

/** What each of these handlers says, with all that it was told before. */
async function withHost<T>(handler: string, work: (host: Host) => Promise<T>): Promise<T> {
  const host = await new Host(handler).start(azure.env);
  try {
    return await work(host);
  } finally {
    await host.stop();
  }
}

describe.each(Object.entries(kinds))("a %s that Azure is moving", (handler, { args, moving, refusal, changes }) => {
  let host: Host;
  let vault: { id: string; inputs: Record<string, unknown>; outs: Record<string, unknown> };

  beforeAll(async () => {
    host = await new Host(handler).start(azure.env);
    const { inputs } = await host.check({}, args);
    vault = { inputs, ...(await host.create(inputs)) };
    azure.setVault(vault.id, moving);
  });

  afterAll(() => host.stop());

  const sent = () => azure.writes().length;

  test("is not asked for by a preview without changes", async () => {
    const before = azure.journal().length;
    expect(await host.check(vault.inputs, args)).toMatchObject({ failures: [] });
    expect(azure.journal().length).toBe(before);
  });

  test.each(Object.keys(changes).filter((name) => "to" in (changes[name] as Change)))(
    "refuses a change of %s alone at preview, and nothing is sent",
    async (name) => {
      const before = sent();
      const { failures } = await host.check(vault.inputs, { ...args, [name]: (changes[name] as { to: unknown }).to });
      expect(failures.filter((failure) => failure.startsWith(refusal))).toHaveLength(1);
      expect(sent()).toBe(before);
    },
  );

  test.each(Object.keys(changes).filter((name) => "unsent" in (changes[name] as Change)))(
    "has nothing against a change of %s alone, for which nothing is sent",
    async (name) => {
      const before = sent();
      const { unsent } = changes[name] as { unsent: unknown };
      const { inputs, failures } = await host.check(vault.inputs, { ...args, [name]: unsent });
      expect(failures).toEqual([]);
      await host.update(vault.id, vault.outs, inputs);
      expect(sent()).toBe(before);
    },
  );

  test("refuses what somebody else changed meanwhile, which an update would put back", async () => {
    const { inputs } = await host.check(vault.inputs, args);
    azure.setVault(vault.id, { tags: { owner: "somebody-else" } });
    const before = sent();
    const { failures } = await host.check(inputs, { ...args, timeouts: { update: "6m" } });
    expect(failures).toEqual([expect.stringContaining(refusal)]);
    azure.setVault(vault.id, { tags: { owner: "payroll-team" } });
    expect(sent()).toBe(before);
  });

  test("refuses what IdentityAssignment and EncryptionSettings would write", async () => {
    const before = sent();
    const parts = { identityAssignment: { identity: "SystemAssigned" }, encryptionSettings: key };
    for (const [part, settings] of Object.entries(parts)) {
      await withHost(part, async (other) => {
        const { failures } = await other.check({}, { vault: vault.id, ...settings });
        expect(failures).toContainEqual(expect.stringContaining(refusal));
      });
    }
    expect(sent()).toBe(before);
  });

  test("refuses an update and a deletion before anything is sent, without trying for long", async () => {
    const before = sent();
    await expect(host.update(vault.id, vault.outs, { ...vault.inputs, tags: {} })).rejects.toThrow(refusal);
    // In a run of its own: in this one the vault is in the program.
    await withHost(handler, (other) => expect(other.delete(vault.id, vault.outs)).rejects.toThrow(refusal));
    expect(sent()).toBe(before);
  });
});

import { type Emulator, startEmulator } from "../../emulator/index.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { ofBackupVaults, ofRecoveryServicesVaults, type Setting } from "../lifecycle/oneSetting.js";
import { type Front, fronts, Host } from "../support/host.js";

/** What becomes of a change of one argument while Azure refuses every write: refused, or nothing that is sent. */
type Change = { to: unknown } | { unsent: unknown };

const guardRequest =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/r/dppModifyEncryptionSettingsRequests/default";
const key = { keyUri: "https://kv-payroll.vault.azure.net/keys/backup", identity: "SystemAssigned" };
const identityOf = (name: string) =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const keys = { key: key.keyUri, other: `${key.keyUri}-2`, one: identityOf("one"), two: identityOf("two") };

/** What is no setting of a vault: what names it, and what nothing is sent for. */
const besides = {
  resourceGroupName: { to: "rg-other" },
  subscriptionId: { to: "11111111-2222-3333-4444-000000000000" },
  location: { to: "northeurope" },
  resourceGuardOperationRequests: { unsent: [guardRequest] },
  adopt: { unsent: true },
  undelete: { unsent: true },
  timeouts: { unsent: { update: "5m" } },
};

const changesOf = (settings: readonly Setting[]): Record<string, Change> =>
  Object.fromEntries(settings.flatMap(({ to }) => Object.entries(to).map(([name, value]) => [name, { to: value }])));

const shared = {
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  tags: { owner: "payroll-team" },
};

const kinds = {
  backupVault: {
    kind: "BackupVault",
    args: { ...shared, vaultName: "bv-payroll", softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 } },
    moving: { properties: { resourceMoveState: "InProgress" } },
    refusal: "update-while-moving: ",
    changes: {
      ...besides,
      vaultName: { to: "bv-wages" },
      datastoreType: { to: "OperationalStore" },
      ...changesOf(ofBackupVaults(keys)),
      accept: { unsent: ["kek-identity-not-attached"] },
    } as Record<string, Change>,
  },
  recoveryServicesVault: {
    kind: "RecoveryServicesVault",
    args: { ...shared, vaultName: "rsv-payroll", softDelete: { state: "AlwaysON", retentionDurationInDays: 30 } },
    moving: { properties: { moveState: "InProgress" } },
    refusal: "rsv-update-while-moving: ",
    changes: {
      ...besides,
      vaultName: { to: "rsv-wages" },
      ...changesOf(ofRecoveryServicesVaults(keys)),
      accept: { unsent: ["rsv-name-invalid"] },
    } as Record<string, Change>,
  },
} as const;

test.each(Object.values(kinds))("every argument of a $kind is among the changes", ({ kind, changes }) => {
  // `check` computes it.
  const names = Object.keys(definitions[kind].settings).filter((name) => name !== "vaultId");
  expect(Object.keys(changes).sort()).toEqual(names.sort());
});

let azure: Emulator;

/** Of each front, what serves the program with the vaults, and what serves another program. */
const programs = Object.fromEntries(
  fronts.map((front) => [front, { vaults: new Host("backupVault", front), other: new Host("backupVault", front) }]),
) as Record<Front, { vaults: Host; other: Host }>;
const hosts = Object.values(programs).flatMap(({ vaults, other }) => [vaults, other]);

beforeAll(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
  await Promise.all(hosts.map((host) => host.start(azure.env)));
});

afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  await azure.close();
});

const served = Object.entries(kinds).flatMap(([handler, kind]) =>
  fronts.map((front) => [handler, front, kind] as const),
);

describe.each(served)(
  "a %s that Azure is moving, served by the %s front",
  (handler, front, { args: common, moving, refusal, changes }) => {
    const args = { ...common, vaultName: `${common.vaultName}-${front}` };
    const { vaults: host, other } = programs[front];
    let vault: { id: string; inputs: Record<string, unknown>; outs: Record<string, unknown> };

    beforeAll(async () => {
      host.handler = handler;
      const { inputs } = await host.check({}, args);
      vault = { inputs, ...(await host.create(inputs)) };
      azure.setVault(vault.id, moving);
    });

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
        other.handler = part;
        const { failures } = await other.check({}, { vault: vault.id, ...settings });
        expect(failures).toContainEqual(expect.stringContaining(refusal));
      }
      expect(sent()).toBe(before);
    });

    test("refuses an update and a deletion before anything is sent, without trying for long", async () => {
      const before = sent();
      await expect(host.update(vault.id, vault.outs, { ...vault.inputs, tags: {} })).rejects.toThrow(refusal);
      // In a run of its own: in this one the vault is in the program.
      other.handler = handler;
      await expect(other.delete(vault.id, vault.outs)).rejects.toThrow(refusal);
      expect(sent()).toBe(before);
    });
  },
);

import { type Emulator, startEmulator } from "../../emulator/index.js";
import { consentTo, guardVault, withoutConsent } from "../support/guardedVault.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

/** Backup that a program keeps stopped, of an item of either kind of vault. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const within = (path: string) => `${group()}/providers/${path}`;

interface Kind {
  handler: "protectedItem" | "backupInstance";
  vault(): string;
  args(): Record<string, unknown>;
  /** Azure's states, by what the program says. */
  states: Record<string, string>;
  stateOf(id: string): unknown;
}

type Live = { status: number; body: { properties: Record<string, unknown> } };
const shown = (id: string) => (azure.arm("GET", id) as Live).body.properties;
const recoveryVault = () => within("Microsoft.RecoveryServices/vaults/rsv");
const backupVault = () => within("Microsoft.DataProtection/backupVaults/bv");

const kinds: Record<string, Kind> = {
  "a protected item": {
    handler: "protectedItem",
    vault: recoveryVault,
    args: () => ({
      vault: recoveryVault(),
      sourceResourceId: within("Microsoft.Compute/virtualMachines/vm-1"),
      policyId: `${recoveryVault()}/backupPolicies/DefaultPolicy`,
    }),
    states: { protect: "IRPending", stopProtectionRetainData: "ProtectionStopped", suspend: "BackupsSuspended" },
    stateOf: (id) => shown(id).protectionState,
  },
  "a backup instance": {
    handler: "backupInstance",
    vault: backupVault,
    args: () => ({
      vault: backupVault(),
      instanceName: "disk-1",
      dataSource: "AzureDisk",
      dataSourceId: within("Microsoft.Compute/disks/disk-1"),
      policyId: `${backupVault()}/backupPolicies/daily`,
      snapshotResourceGroupId: group(),
    }),
    states: {
      protect: "ProtectionConfigured",
      stopProtectionRetainData: "ProtectionStopped",
      suspend: "BackupsSuspended",
    },
    stateOf: (id) => shown(id).currentProtectionState,
  },
};

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];
const setImmutability = (state: string) => {
  const properties = { securitySettings: { immutabilitySettings: { state } } };
  for (const vault of [recoveryVault(), backupVault()]) azure.setVault(vault, { properties });
};

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", recoveryVault(), { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.arm("PUT", `${backupVault()}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  });
  for (const role of diskRoles) azure.grant(group(), azure.vault(backupVault())?.identity?.principalId, role);
  azure.vault(recoveryVault());
  await created(oneRun(azure).backupPolicy, {
    vault: backupVault(),
    policyName: "daily",
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P7D" }],
  });
});

const writes = () => azure.writes().length;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
type Recorded = Awaited<ReturnType<typeof created>>;

/** One deployment of a program that has another value for `protection`. */
async function deployed({ handler, args }: Kind, { id, outs }: Recorded, more: object, run = oneRun(azure)) {
  const { inputs, failures } = await run[handler].check(outs, { ...args(), ...more });
  if (failures.length > 0) return { outs, refused: reasons(failures) };
  const { changes } = await run[handler].diff(id, outs, inputs);
  const updated = changes ? await run[handler].update(id, outs, inputs) : { outs };
  return { outs: updated.outs as Recorded["outs"], refused: "" };
}

const words = ["protect", "stopProtectionRetainData", "suspend"] as const;
const table = Object.keys(kinds).flatMap((kind) =>
  words.flatMap((from) => words.map((to) => [kind, from, to] as const)),
);

test.each(table)("%s goes from %s to %s, unless it would have to be resumed first", async (name, from, to) => {
  const kind = kinds[name] as Kind;
  setImmutability("Unlocked");
  const first = await created(oneRun(azure)[kind.handler], kind.args());
  const before = await deployed(kind, first, { protection: from });
  expect([kind.stateOf(first.id), before.outs.protectionState]).toEqual([kind.states[from], kind.states[from]]);
  const sent = writes();
  const run = oneRun(azure);
  const after = await deployed(kind, { ...first, outs: before.outs }, { protection: to }, run);
  const isBetween = from !== to && from !== "protect" && to !== "protect";
  expect(after.refused !== "").toBe(isBetween);
  if (isBetween) expect(after.refused).toContain("Resume its backup first, by removing `protection`");
  expect(kind.stateOf(first.id)).toBe(kind.states[isBetween ? from : to]);
  expect(writes() > sent).toBe(from !== to && !isBetween);
  const said = {
    protect: "its backup would be resumed",
    stopProtectionRetainData: "be stopped",
    suspend: "be suspended",
  };
  if (from !== to && !isBetween) expect(run.warnings.join()).toContain(said[to]);
});

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  const stopped = { protection: "stopProtectionRetainData" };

  test("that does not exist has nothing to stop", async () => {
    for (const undelete of [false, true]) {
      const args = { ...kind.args(), ...stopped, undelete };
      const { failures } = await oneRun(azure)[kind.handler].check({}, args);
      expect(reasons(failures)).toContain("does not exist, so it has no backup that could be stopped");
      await expect(oneRun(azure)[kind.handler].create(args)).rejects.toThrow("Remove `protection` to create it");
    }
  });

  test("is adopted as it is, and neither refreshed nor resumed", async () => {
    const { id, outs } = await created(oneRun(azure)[kind.handler], kind.args());
    await oneRun(azure)[kind.handler].delete(id, outs);
    const sent = writes();
    const args = { ...kind.args(), ...stopped, adopt: true };
    const adopted = await created(oneRun(azure)[kind.handler], args);
    expect(adopted.outs.protectionState).toBe("ProtectionStopped");
    const run = oneRun(azure)[kind.handler];
    const { props } = await run.read(id, adopted.outs);
    const { inputs } = await run.check(props as Recorded["outs"], args);
    expect(await run.diff(id, props as Recorded["outs"], inputs)).toMatchObject({ changes: false });
    expect(writes()).toBe(sent);
  });

  test("is stopped again after somebody has resumed it", async () => {
    const first = await created(oneRun(azure)[kind.handler], kind.args());
    const { outs } = await deployed(kind, first, stopped);
    await deployed(kind, { ...first, outs }, {});
    expect(kind.stateOf(first.id)).toBe(kind.states.protect);
    const { props } = await oneRun(azure)[kind.handler].read(first.id, outs);
    await deployed(kind, { ...first, outs: props as Recorded["outs"] }, stopped);
    expect(kind.stateOf(first.id)).toBe("ProtectionStopped");
  });

  test("is removed from the program without another request", async () => {
    const first = await created(oneRun(azure)[kind.handler], kind.args());
    const { outs } = await deployed(kind, first, stopped);
    const sent = writes();
    const run = oneRun(azure);
    await run[kind.handler].delete(first.id, outs);
    expect(writes()).toBe(sent);
    expect(run.warnings.join()).toContain("its backup has stopped. Its backups are kept");
  });

  test("that a guard protects names the consent at preview, and is left as it is without it", async () => {
    const guard = within("Microsoft.DataProtection/resourceGuards/guard");
    const first = await created(oneRun(azure)[kind.handler], kind.args());
    await guardVault(azure, kind.vault(), guard);
    const run = oneRun(azure);
    const { inputs } = await run[kind.handler].check(first.outs, { ...kind.args(), ...stopped });
    expect(run.warnings.join()).toMatch(/-guarded: .* needs the consent of the guard's owner/);
    withoutConsent(azure, kind.vault());
    await expect(run[kind.handler].update(first.id, first.outs, inputs)).rejects.toThrow("a resource guard protects");
    expect(kind.stateOf(first.id)).toBe(kind.states.protect);
    consentTo(azure, guard);
    expect(await run[kind.handler].update(first.id, first.outs, inputs)).toMatchObject({
      outs: { protectionState: "ProtectionStopped" },
    });
  });
});

test("a soft-deleted item is brought back and stays stopped, and is not suspended", async () => {
  const kind = kinds["a protected item"] as Kind;
  azure.setVault(recoveryVault(), {
    properties: { securitySettings: { softDeleteSettings: { softDeleteState: "Enabled" } } },
  });
  const { id, outs } = await created(oneRun(azure).protectedItem, { ...kind.args(), onDelete: "delete" });
  await oneRun(azure).protectedItem.delete(id, outs);
  const args = (protection: string) => ({ ...kind.args(), protection, undelete: true });
  const { failures } = await oneRun(azure).protectedItem.check({}, args("suspend"));
  expect(reasons(failures)).toContain("Azure brings it back stopped, not suspended");
  const run = oneRun(azure);
  const back = await created(run.protectedItem, args("stopProtectionRetainData"));
  expect(run.warnings.join()).toContain("Its backup stays stopped");
  expect([kind.stateOf(id), back.outs.protectionState]).toEqual(["ProtectionStopped", "ProtectionStopped"]);
});

test("an item is suspended in an immutable vault only, by what the same run makes of it", async () => {
  const kind = kinds["a protected item"] as Kind;
  const { outs } = await created(oneRun(azure).protectedItem, kind.args());
  const run = oneRun(azure);
  const suspended = { ...kind.args(), protection: "suspend" };
  expect(reasons((await run.protectedItem.check(outs, suspended)).failures)).toContain(
    'Azure suspends backup only in an immutable vault. Set `protection: "stopProtectionRetainData"`.',
  );
  const program = { resourceGroupName: "rg-payroll", vaultName: "rsv", location: "westeurope", adopt: true };
  await run.recoveryServicesVault.check({}, { ...program, immutability: "Unlocked" });
  expect((await run.protectedItem.check(outs, suspended)).failures).toEqual([]);
});

test("an item that is suspended is imported as one", async () => {
  const kind = kinds["a protected item"] as Kind;
  setImmutability("Unlocked");
  const first = await created(oneRun(azure).protectedItem, kind.args());
  await deployed(kind, first, { protection: "suspend" });
  const { inputs } = await oneRun(azure).protectedItem.read(first.id, {});
  expect(inputs).toEqual({ ...kind.args(), protection: "suspend" });
});

test("an item gets what else the program changes when it is resumed", async () => {
  const kind = kinds["a protected item"] as Kind;
  const first = await created(oneRun(azure).protectedItem, kind.args());
  const { outs } = await deployed(kind, first, { protection: "stopProtectionRetainData" });
  const sent = writes();
  const run = oneRun(azure);
  const more = { policyId: `${kind.vault()}/backupPolicies/EnhancedPolicy` };
  const later = await deployed(kind, { ...first, outs }, { protection: "stopProtectionRetainData", ...more }, run);
  expect(run.warnings.join()).toContain("the new `policyId` takes effect when its backup is resumed");
  expect(writes()).toBe(sent);
  await deployed(kind, { ...first, outs: later.outs }, more);
  expect(shown(first.id)).toMatchObject(more);
});

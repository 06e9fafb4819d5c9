import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Run, type Stack } from "../support/stack.js";
import { startStandIn } from "../support/standInProvider.js";

// The language host that this project builds does not pass hooks on. What runs these programs does, as the Automation API does.

const group = "rg-guarded";
const idOf = (name: unknown) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/${name}`;

let azure: Emulator;
let stack: Stack;
let standIn: Awaited<ReturnType<typeof startStandIn>>;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup(group);
  standIn = await startStandIn({
    "azure-native:dataprotection:BackupVault": { id: ({ vaultName }) => idOf(vaultName), replaces: () => [] },
    "azure:dataprotection/backupVault:BackupVault": { id: ({ name }) => idOf(name), replaces: () => [] },
  });
  stack = await newStack(azure.env);
  stack.env.PULUMI_DEBUG_PROVIDERS = `azure-native:${standIn.port},azure:${standIn.port}`;
});

afterAll(async () => {
  stack.remove();
  standIn.stop();
  await azure.close();
});

/** A program as its author would write it. */
const program = (body: string): Stack =>
  stack.program(`
    const pulumi = require("@pulumi/pulumi");
    const { BackupVault, ProtectedWorkload } = require("pulumi-azure-backup");
    const { guardVaults } = require("pulumi-azure-backup/guard");
    const common = { resourceGroupName: "${group}", location: "westeurope" };
    const ours = (name, args, opts) => new BackupVault(name, { ...common, vaultName: name, redundancy: "GeoRedundant",
      softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 }, ...args }, opts);
    const native = (name, state, more) => new pulumi.CustomResource("azure-native:dataprotection:BackupVault", name, {
      ...common, vaultName: name, tags: { hint: pulumi.secret("tag-secret") }, properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
        securitySettings: { immutabilitySettings: { state }, softDeleteSettings: { state: "AlwaysOn" } }, ...more } });
    const classic = (name, redundancy) => new pulumi.CustomResource("azure:dataprotection/backupVault:BackupVault", name, {
      ...common, name, datastoreType: "VaultStore", redundancy, softDelete: "AlwaysOn" });
    const subscription = "/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups";
    const workload = (policy, instance) => new ProtectedWorkload("disk", { dataSource: "AzureDisk",
      backupVault: { ...common, vaultName: "bv-workload", redundancy: "LocallyRedundant" },
      backupPolicy: { policyName: "daily", schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: "P7D" }], ...policy },
      backupInstance: { instanceName: "disk", dataSourceId: subscription + "/${group}/providers/Microsoft.Compute/disks/payroll",
        snapshotResourceGroupId: subscription + "/${group}", ...instance } });
    ${body}`);

const failureOf = ({ code, output }: Run) => (code === 0 ? "" : output);

const existing = (name: string, securitySettings: object) =>
  azure.arm("PUT", idOf(name), {
    location: "westeurope",
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
      securitySettings: { softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 14 }, ...securitySettings },
    },
  });

test("a guarded program is told in the preview which vaults it may neither delete nor change, whoever manages them", async () => {
  const deployed = await program(`guardVaults(); guardVaults();
    ours("full"); ours("empty"); ours("kept", {}, { retainOnDelete: true });
    native("native-locked", "Locked"); native("native-full", "Disabled"); classic("classic-full", "GeoRedundant");`).up();
  expect(failureOf(deployed)).toBe("");
  existing("native-locked", { immutabilitySettings: { state: "Locked" } });
  for (const name of ["native-full", "classic-full"]) existing(name, {});
  for (const name of ["full", "kept", "native-full", "classic-full"])
    azure.protect(idOf(name), { name: `${name}-blobs` });

  const emptied = await program("guardVaults();").pulumi("preview");
  expect(emptied.code).not.toBe(0);
  for (const name of ["full", "native-full", "classic-full"])
    expect(emptied.output).toContain(`delete-with-instances: Backup vault "${name}" cannot be deleted`);
  expect(emptied.output).not.toContain('vault "kept" cannot');
  expect(emptied.output).not.toContain('vault "empty" cannot');
  expect(emptied.output).not.toContain("tag-secret");

  const all = `ours("full"); ours("empty"); ours("kept", {}, { retainOnDelete: true });
    native("native-full", "Disabled");`;
  const unlocked = await program(
    `guardVaults(); ${all} native("native-locked", "Unlocked"); classic("classic-full", "GeoRedundant");`,
  ).pulumi("preview");
  expect(unlocked.code).not.toBe(0);
  expect(unlocked.output).toContain('immutability-locked: Backup vault "native-locked" cannot');
  const redundant = await program(
    `guardVaults(); ${all} native("native-locked", "Locked"); classic("classic-full", "LocallyRedundant");`,
  ).pulumi("preview");
  expect(redundant.code).not.toBe(0);
  expect(redundant.output).toContain('redundancy-after-protection: Backup vault "classic-full" cannot');

  // A vault that the program has under another name is only forgotten.
  const others = `ours("empty"); native("native-locked", "Locked"); native("native-full", "Disabled");
    classic("classic-full", "GeoRedundant");`;
  const renamed = `guardVaults(); ${others} ours("another"); ours("renamed", { vaultName: "full", adopt: true });`;
  expect(failureOf(await program(renamed).pulumi("preview"))).toBe("");

  // What is allowed goes through: an empty vault is deleted, and one that is only forgotten stays.
  const rest = `ours("full"); native("native-locked", "Locked"); native("native-full", "Disabled");
    classic("classic-full", "GeoRedundant");`;
  expect(failureOf(await program(`guardVaults(); ${rest}`).up())).toBe("");
  expect(azure.vault(idOf("empty"))).toBeUndefined();
  expect(azure.vault(idOf("kept"))).toBeDefined();

  // A preview can say what it does not know. Nothing is deleted before it is known.
  azure.faults.add({ kind: "status", status: 403, method: "GET", path: "backupInstances", times: "always" });
  const without = rest.replace('ours("full");', "");
  const open = await program(`guardVaults(); ${without}`).pulumi("preview");
  expect(failureOf(open)).toBe("");
  expect(open.output).toContain("delete-with-instances");
  const stopped = await program(`guardVaults(); ${without}`).up();
  azure.faults.clear();
  expect(stopped.code).not.toBe(0);
  expect(stopped.output).toContain('before hook "azure-backup:guard-deletion" failed');
  expect(azure.vault(idOf("full"))).toBeDefined();

  // What it costs: the state names the hook, and without the guard nothing is deleted.
  const unguarded = await program(without).pulumi("preview");
  expect(unguarded.code).not.toBe(0);
  expect(unguarded.output).toContain("was not registered");
  const destroyed = await program(`guardVaults(); ${rest}`).destroy("--run-program");
  expect(destroyed.code).not.toBe(0);
  expect(destroyed.output).toContain('delete-with-instances: Backup vault "full" cannot be deleted');
  expect(azure.vault(idOf("full"))).toBeDefined();
});

test("a guarded workload: what goes before counts as gone, and what keeps its backups keeps its policy and vault", async () => {
  stack.remove();
  stack = await newStack(azure.env);
  expect(failureOf(await program("guardVaults(); workload();").up())).toBe("");

  // The default keeps the backups, so its policy cannot go, and the engine does not come to the vault.
  const kept = await program("guardVaults();").pulumi("preview");
  expect(kept.code).not.toBe(0);
  expect(kept.output).toMatch(/policy-in-use-deleted: backup policy "[^"]+" cannot be deleted/);
  expect(kept.output).toContain("backup-instance-stopped: ");
  expect(kept.output).not.toMatch(/backup instance "[^"]+" cannot be deleted/);

  // The instance gets another policy before the old one goes.
  const moved = 'guardVaults(); workload({ policyName: "weekly", retention: [{ keep: "P9D" }] });';
  expect(failureOf(await program(moved).pulumi("preview"))).toBe("");

  const deletes = 'guardVaults(); workload({}, { onDelete: "delete" });';
  expect(failureOf(await program(deletes).up())).toBe("");
  const removed = await program("guardVaults();").pulumi("preview");
  expect(failureOf(removed)).toBe("");
  expect(removed.output).toContain("backup-instance-deleted: ");
  expect(failureOf(await program("guardVaults();").up())).toBe("");
  expect(azure.vault(idOf("bv-workload"))).toBeUndefined();
});

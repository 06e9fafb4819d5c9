import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { newStack, type Stack } from "../support/stack.js";

// The package's own classes, served by Pulumi's dynamic host and by the plugin in turn. The program is the same.

let azure: Emulator;
let stack: Stack;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  azure.createKey(azure.createKeyVault("rg-payroll", "kv-payroll").id, "backup");
  stack = await newStack(azure.env);
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

const project = "name: vaults\nruntime:\n  name: nodejs\n  options: { typescript: false }\n";
/** As docs/plugin.md says it. */
const usePlugin = `config:
  azure-backup:usePlugin: true
plugins:
  providers:
    - name: azure-backup
      path: ${JSON.stringify(join(root, "plugin"))}
`;
const servedBy = (front: "plugin" | "dynamic host") =>
  writeFileSync(join(stack.directory, "Pulumi.yaml"), front === "plugin" ? project + usePlugin : project);

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  immutability: "Locked",
};
const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

/** A component, whose resources go over like the others. */
const disk = () => {
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
  return {
    dataSource: "AzureDisk",
    backupVault: {
      vaultName: "bv-disk",
      resourceGroupName: "rg-payroll",
      location: "westeurope",
      redundancy: "LocallyRedundant",
    },
    backupPolicy: {
      policyName: "daily",
      schedule: { every: "P1D", at: "02:00", timeZone: "UTC" },
      retention: [{ keep: "P7D" }],
    },
    backupInstance: {
      instanceName: "disk",
      dataSourceId: `${group}/providers/Microsoft.Compute/disks/disk`,
      snapshotResourceGroupId: group,
      onDelete: "delete",
    },
  };
};

/** A vault with its identity, its key and the access to it. */
const program = (vault: object = payroll, more = "") =>
  stack.program(`
    const { secret } = require("@pulumi/pulumi");
    const { BackupVault, EncryptionSettings, IdentityAssignment, KeyAccess, ProtectedWorkload } = require("pulumi-azure-backup");
    const keyUri = ${JSON.stringify(keyUri)};
    const vault = new BackupVault("payroll", { ...${JSON.stringify(vault)}, tags: { owner: secret("hunter2") } });
    const identity = new IdentityAssignment("identity", { vault, identity: "SystemAssigned" });
    const access = new KeyAccess("access", { keyUri, principalId: identity.principalId, vault });
    new EncryptionSettings("encryption", { vault, keyUri, identity: "SystemAssigned" }, { dependsOn: access });
    new ProtectedWorkload("disk", ${JSON.stringify(disk())});
    ${more}
    exports.id = vault.vaultId;`);

const types = async (ofPackage: string) => (await stack.resources(ofPackage)).map(({ type }) => type.split(":").at(-1));
/** Of the plugin's resources in the state. */
const properties = async () =>
  JSON.stringify((await stack.resources("azure-backup:index:")).map(({ inputs, outputs }) => [inputs, outputs]));
/** Of the component and the rest of the program. */
const all = [
  ...["BackupInstance", "BackupPolicy", "BackupVault", "BackupVault"],
  ...["EncryptionSettings", "IdentityAssignment", "KeyAccess"],
];

test("a first program is deployed by the plugin", async () => {
  servedBy("plugin");
  const { code, output } = await program().pulumi("up", "--yes");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect((await types("azure-backup:index:")).sort()).toEqual([...all, "ProtectedWorkload"]);
  expect(await types("pulumi-nodejs:")).toEqual([]);
  expect(await properties()).not.toMatch(/__|hunter2/);
});

test("a review finds a forbidden change, and checks everything else of the program", async () => {
  program({ ...payroll, immutability: "Unlocked" });
  const { output: page } = await stack.review("--format", "json");
  expect(JSON.parse(page)).toMatchObject({ decision: "refuse", counts: { refused: 1, unchecked: 0 } });
});

test.each(["dynamic host", "plugin"] as const)(
  "all go over to the %s by one setting, without a write to Azure",
  async (front) => {
    const before = azure.writes().length;
    servedBy(front);
    const { code, output } = await program().up();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.writes()).toHaveLength(before);
    const [plugin, dynamic] = await Promise.all([types("azure-backup:index:"), types("pulumi-nodejs:dynamic")]);
    expect(plugin.sort()).toEqual([...(front === "plugin" ? all : []), "ProtectedWorkload"]);
    expect(dynamic.sort()).toEqual(front === "plugin" ? [] : all);
    expect(await properties()).not.toMatch(/__|hunter2/);
    const after = await program().preview("--expect-no-changes");
    expect(after).toMatchObject({ code: 0 });
  },
);

test("what Azure lacks is known to come from a component of the same program", async () => {
  const group = `new (require("@pulumi/pulumi").ComponentResource)("group:index:Group", "group")`;
  const early = { ...payroll, vaultName: "bv-early", resourceGroupName: "rg-none", immutability: "Unlocked" };
  const vault = `new BackupVault("early", ${JSON.stringify(early)}, { dependsOn: ${group} });`;
  expect(await program(payroll, vault).preview()).toMatchObject({ code: 0 });
});

test("the option import brings in a vault that exists", async () => {
  const other = {
    ...payroll,
    vaultName: "bv-other",
    immutability: "Unlocked",
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 14 },
  };
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-other`;
  azure.arm("PUT", id, {
    location: other.location,
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: other.redundancy }],
      securitySettings: {
        immutabilitySettings: { state: other.immutability },
        softDeleteSettings: other.softDelete,
      },
    },
  });
  const before = azure.writes().length;
  const declared = `new BackupVault("other", ${JSON.stringify(other)}, { import: ${JSON.stringify(id)} });`;
  const { code, output } = await program(payroll, declared).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(azure.writes()).toHaveLength(before);
});

test("all go again", async () => {
  const { code, output } = await stack.destroy();
  expect({ code, output }).toMatchObject({ code: 0 });
});

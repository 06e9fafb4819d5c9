import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = (await newStack(azure.env)).withPlugin();
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  immutability: "Locked",
};
const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";
const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${name}`;

const dynamic = `
  const { BackupVault, EncryptionSettings, IdentityAssignment, KeyAccess } = require("pulumi-azure-backup");
  const moved = (type) => ({ aliases: [{ type: "azure-backup:index:" + type }] });`;
/** As an SDK of the plugin does it. Its types are the same in every language. */
const plugin = `
  const { CustomResource, ProviderResource } = require("@pulumi/pulumi");
  const moved = (type) => ({ aliases: [{ type: "pulumi-nodejs:dynamic/azure-backup:" + type }] });
  const typed = (type, outputs) => class extends CustomResource {
    constructor(name, args, opts) {
      const none = Object.fromEntries(outputs.map((output) => [output, undefined]));
      super("azure-backup:index:" + type, name, { ...none, ...args }, opts);
    }
  };
  const BackupVault = typed("BackupVault", ["vaultId"]);
  const IdentityAssignment = typed("IdentityAssignment", ["principalId"]);
  const KeyAccess = typed("KeyAccess", []);
  const EncryptionSettings = typed("EncryptionSettings", []);`;

/** Of both programs, the vault, its identity, its key and the access to it. */
const program = (classes: string, vault: object = payroll, more = "") =>
  stack.program(`
    const { secret } = require("@pulumi/pulumi");
    ${classes}
    const vault = new BackupVault("payroll", { ...${JSON.stringify(vault)}, tags: { owner: secret("hunter2") } }, moved("BackupVault"));
    const of = { vault: vault.vaultId };
    const identity = new IdentityAssignment("identity", { ...of, identity: "SystemAssigned" }, { ...moved("IdentityAssignment"), deletedWith: vault });
    const key = { keyUri: ${JSON.stringify(keyUri)} };
    const access = new KeyAccess("access", { ...key, principalId: identity.principalId }, { ...moved("KeyAccess"), deletedWith: vault });
    new EncryptionSettings("encryption", { ...of, ...key, identity: "SystemAssigned" }, { ...moved("EncryptionSettings"), dependsOn: access, deletedWith: vault });
    ${more}
    exports.id = vault.vaultId;`);

const other = JSON.stringify({
  ...payroll,
  vaultName: "bv-other",
  immutability: "Unlocked",
  softDelete: { state: "On", retentionDurationInDays: 14 },
});
/** By a provider resource, as a program with several subscriptions has them. */
const imported = () => `
  const provider = new ProviderResource("azure-backup", "explicit", { subscriptionId: "${azure.env.ARM_SUBSCRIPTION_ID}" });
  new BackupVault("imported", ${other}, { import: "${idOf("bv-other")}", provider });`;

test("dynamic resources become the plugin's in one update, and a vault is imported, without a write to Azure", async () => {
  azure.createKey(azure.createKeyVault("rg-payroll", "kv-payroll").id, "backup");
  const leaving = `new BackupVault("other", ${other}, { retainOnDelete: true });`;
  expect(await program(dynamic, payroll, leaving).up()).toMatchObject({ code: 0 });
  const before = azure.writes().length;

  const { code, output } = await program(plugin, payroll, imported()).pulumi("up", "--yes");
  expect({ code, output }).toMatchObject({ code: 0 });
  // A new value of an output would show a change where there is none.
  expect(output).not.toMatch(/diff: [^\]]*(principalId|softDelete)/);
  expect(azure.writes()).toHaveLength(before);
  const resources = await stack.resources("azure-backup:index:");
  const names = resources.map(({ type, urn }) => `${type.split(":").at(-1)} ${urn.split("::").at(-1)}`);
  expect(names.sort()).toEqual([
    "BackupVault imported",
    "BackupVault payroll",
    "EncryptionSettings encryption",
    "IdentityAssignment identity",
    "KeyAccess access",
  ]);
  expect(await stack.resources()).toEqual([]);
  expect(JSON.stringify(resources)).not.toMatch(/__provider|__secrets|hunter2/);
});

test("a preview without changes is empty", async () => {
  const { code, output } = await program(plugin, payroll, imported()).preview("--expect-no-changes");
  expect({ code, output }).toMatchObject({ code: 0 });
});

test("a review finds a forbidden change, and checks everything else of the program", async () => {
  program(plugin, { ...payroll, immutability: "Unlocked" }, imported());
  const { output } = await stack.review("--format", "json");
  expect(JSON.parse(output)).toMatchObject({
    decision: "refuse",
    counts: { refused: 1, unchecked: 0 },
    resources: [{ type: "azure-backup:index:BackupVault", name: "bv-payroll" }],
  });
});

test("all go again", async () => {
  const { code, output } = await stack.destroy();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(azure.vault(idOf("bv-payroll"))).toBeUndefined();
});

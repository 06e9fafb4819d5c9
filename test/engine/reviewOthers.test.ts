import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import type { Report } from "../../review/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { testTools } from "../../scripts/lib/testTools.mjs";
import { newStack, type Stack } from "../support/stack.js";
import { type StandInType, startStandIn } from "../support/standInProvider.js";

const group = "rg-others";
const idOf = (name: unknown) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/${name}`;

let azure: Emulator;
let stack: Stack;
let standIn: Awaited<ReturnType<typeof startStandIn>>;

const changed =
  (names: string[]): StandInType["replaces"] =>
  (olds, news) =>
    names.filter((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]));

/** https://github.com/hashicorp/terraform-provider-azurerm, and azure-native's schema. */
const types: Record<string, StandInType> = {
  "azure-native:dataprotection:BackupVault": {
    id: ({ vaultName }) => idOf(vaultName),
    replaces: changed(["vaultName", "resourceGroupName"]),
  },
  "azure:dataprotection/backupVault:BackupVault": {
    id: ({ name }) => idOf(name),
    replaces: changed(["name", "resourceGroupName", "location", "datastoreType", "redundancy"]),
  },
  "azure:dataprotection/backupVaultCustomerManagedKey:BackupVaultCustomerManagedKey": {
    id: ({ dataProtectionBackupVaultId }) => String(dataProtectionBackupVaultId),
    replaces: changed(["dataProtectionBackupVaultId"]),
  },
};

const program = (body: string) => `
  const pulumi = require("@pulumi/pulumi");
  const { BackupVault: Native } = require("@pulumi/azure-native/dataprotection");
  const { BackupVault: Classic, BackupVaultCustomerManagedKey: Key } = require("@pulumi/azure/dataprotection");
  const native = (name, settings = {}, state = {}, options = {}) => new Native(name, {
    vaultName: name, resourceGroupName: "${group}", location: "westeurope", tags: { hint: pulumi.secret("tag-secret") },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }], ...settings },
    ...state,
  }, options);
  const classic = (name, settings = {}) => new Classic(name, {
    name, resourceGroupName: "${group}", location: "westeurope", datastoreType: "VaultStore", redundancy: "GeoRedundant",
    ...settings,
  });
  ${body}`;

const deployed = program(`
  native("native-locked", { securitySettings: { immutabilitySettings: { state: "Locked" } } });
  native("native-moved");
  native("native-deleted");
  native("native-fine");
  native("native-still");
  native("native-exchanged");
  classic("classic-replaced");
  classic("classic-empty");
  classic("classic-fine");
  new Key("key", { dataProtectionBackupVaultId: "KEYED", keyVaultKeyId: "https://payroll.vault.azure.net/keys/first" });`);

const forbidden = () =>
  program(`
  native("native-locked", { securitySettings: { immutabilitySettings: { state: pulumi.output("Unlocked") } } });
  native("native-moved", {}, { location: "northeurope" });
  native("native-fine", { securitySettings: { immutabilitySettings: { state: "Unlocked" } } });
  native("native-still");
  native("native-exchanged", { securitySettings: { immutabilitySettings: { state: "Unlocked" } } },
    { vaultName: "native-imported" }, { import: "${idOf("native-imported")}" });
  classic("classic-replaced", { redundancy: "LocallyRedundant" });
  classic("classic-empty", { redundancy: "LocallyRedundant" });
  classic("classic-fine", { immutability: "Unlocked" });`);

const locked = { securitySettings: { immutabilitySettings: { state: "Locked" } } };

function existing(name: string, properties: object = {}): void {
  azure.arm("PUT", idOf(name), {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }], ...properties },
  });
}

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup(group);
  // What an import finds.
  const imported = {
    ...{ vaultName: "native-imported", resourceGroupName: group, location: "westeurope" },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }], ...locked },
  };
  standIn = await startStandIn(types, (id) => (id === idOf("native-imported") ? imported : undefined));
  stack = (await newStack(azure.env)).withLanguageHost();
  // The SDKs and their own copy of Pulumi's.
  rmSync(join(stack.directory, "node_modules"), { recursive: true });
  symlinkSync(testTools(), join(stack.directory, "node_modules"));
  stack.env.PULUMI_DEBUG_PROVIDERS = `azure-native:${standIn.port},azure:${standIn.port}`;
  const { code, output } = await stack.program(deployed.replace("KEYED", idOf("classic-fine"))).up();
  if (code !== 0) throw new Error(output);
  // What the stand-in says it has made, Azure has.
  for (const name of ["native-locked", "native-imported"]) existing(name, locked);
  for (const name of ["moved", "deleted", "fine", "still", "exchanged"]) existing(`native-${name}`);
  for (const name of ["classic-replaced", "classic-empty", "classic-fine"]) existing(name);
  for (const name of ["native-deleted", "native-exchanged", "classic-replaced"])
    azure.protect(idOf(name), { name: `${name}-blobs` });
  azure.setVault(idOf("classic-fine"), {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri: "https://payroll.vault.azure.net/keys/first" },
          kekIdentity: { identityType: "SystemAssigned" },
        },
      },
    },
  });
});
afterAll(async () => {
  stack?.remove();
  standIn?.stop();
  await azure.close();
});

async function review(): Promise<{ code: number; output: string; errors: string }> {
  const options = ["--format", "json", "--posture", "--", "--refresh"];
  const command = [join(root, "dist/cli/main.js"), "review", "--stack", "dev", ...options];
  const child = spawn("node", command, { cwd: stack.directory, env: stack.env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  const [code] = await once(child, "close");
  return { code, output, errors };
}

test("vaults of azure-native and the classic provider are judged by the same rules, with what Azure knows of them", async () => {
  stack.program(forbidden());
  const { code, output, errors } = await review();
  expect(errors).toBe("");
  const { resources, posture }: Report = JSON.parse(output);
  const said = resources.map(({ name, planned, verdicts }) => [
    `${name} ${planned}`,
    ...verdicts.filter(({ decision }) => decision !== "warn").map((verdict) => `${verdict.decision} ${verdict.code}`),
  ]);
  expect(said).toEqual([
    ["classic-empty replace"],
    ["classic-fine update"],
    ["classic-fine delete", "refuse cmk-removed"],
    ["classic-replaced replace", "refuse vault-replaced", "refuse delete-with-instances"],
    ["native-deleted delete", "refuse delete-with-instances"],
    ["native-exchanged delete", "refuse delete-with-instances"],
    ["native-fine update"],
    ["native-imported update", "refuse immutability-locked"],
    ["native-locked update", "refuse immutability-locked"],
    ["native-moved update", "refuse vault-replaced"],
  ]);
  // What does not change is no change, but known.
  expect(posture?.map(({ name }) => name)).toContain("native-still");
  expect(code).toBe(1);
  expect(output).not.toContain("tag-secret");
});

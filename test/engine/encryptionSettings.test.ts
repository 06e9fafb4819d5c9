import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;
let id: string;
let keyVault: string;
let payroll: Identity;
let sales: Identity;

interface Identity {
  id: string;
  properties: { principalId: string };
}

const backup = "https://kv-payroll.vault.azure.net/keys/backup";
const other = "https://kv-payroll.vault.azure.net/keys/other";

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  payroll = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as Identity;
  sales = azure.createUserAssignedIdentity("rg-payroll", "id-sales") as Identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  azure.createKey(keyVault, "other");
  for (const { properties } of [payroll, sales]) azure.grant(keyVault, properties.principalId);
  stack = await newStack(azure.env);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

const vault = (more: object = {}) =>
  `const vault = new BackupVault("payroll", ${JSON.stringify({
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "GeoRedundant",
    softDelete: { state: "On", retentionDurationInDays: 30 },
    ...more,
  })});`;

const assign = (name: string, identity: string) =>
  `const ${name} = new IdentityAssignment("${name}", { vault, identity: "${identity}" });`;

const encrypt = (keyUri: string, identity: string, more: object = {}) =>
  `new EncryptionSettings("payroll", { vault, keyUri: "${keyUri}", identity: ${identity}, ...${JSON.stringify(more)} });`;

const program = (...parts: string[]): Stack =>
  stack.program(`
    const { BackupVault, EncryptionSettings, IdentityAssignment } = require("pulumi-azure-backup");
    ${parts.join("\n")}`);

async function up(...parts: string[]): Promise<string> {
  const { code, output } = await program(...parts).up();
  if (code !== 0) throw new Error(output);
  return output;
}

const encrypted = () => [vault(), assign("one", payroll.id), encrypt(backup, "one")];

const settings = () => azure.vault(id)?.properties.securitySettings.encryptionSettings;

function setSettings(encryptionSettings: object): void {
  azure.setVault(id, { properties: { securitySettings: { encryptionSettings } } });
}

test("a vault, its identity and its key come up in one run, stay without a diff, and go in one", async () => {
  await up(...encrypted());
  expect(settings()).toMatchObject({
    state: "Enabled",
    keyVaultProperties: { keyUri: backup },
    kekIdentity: { identityType: "UserAssigned", identityId: payroll.id },
  });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);

  azure.createKey(keyVault, "backup");
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
});

test("key and identity change one after the other, and together they are refused at preview", async () => {
  await up(...encrypted());
  const both = [vault(), assign("one", payroll.id), assign("two", sales.id)];
  await up(...both, encrypt(backup, "one"));

  const together = await program(...both, encrypt(other, "two")).preview();
  expect(together.code).not.toBe(0);
  expect(together.output).toContain("key-and-identity-together");

  await up(...both, encrypt(other, "one"));
  await up(...both, encrypt(other, "two"));
  await up(vault(), assign("two", sales.id), encrypt(other, "two"));
  expect(settings()).toMatchObject({ keyVaultProperties: { keyUri: other }, kekIdentity: { identityId: sales.id } });
  expect(Object.keys(azure.vault(id)?.identity.userAssignedIdentities)).toEqual([sales.id]);
});

test("the settings do not go without their vault", async () => {
  await up(...encrypted());
  const { code, output } = await program(vault(), assign("one", payroll.id)).up();
  expect(code).not.toBe(0);
  expect(output).toContain("cmk-removed");
  expect(output).toContain("pulumi state delete");
  expect(settings().state).toBe("Enabled");
  expect(await stack.resources()).toHaveLength(3);
});

test("the identity of the key does not leave the vault", async () => {
  await up(...encrypted());
  const { code, output } = await program(vault(), encrypt(backup, JSON.stringify(payroll.id))).up();
  expect(code).not.toBe(0);
  expect(output).toContain("kek-identity-removed");
  expect(Object.keys(azure.vault(id)?.identity.userAssignedIdentities)).toEqual([payroll.id]);
});

test("what is wrong with key and key vault is said at preview, all at once, and nothing is sent", async () => {
  await up(vault(), assign("one", payroll.id));
  const bad = azure.createKeyVault("rg-payroll", "kv-bad", {
    enablePurgeProtection: undefined,
    networkAcls: { defaultAction: "Deny" },
  }).id;
  const keyUri = azure.createKey(bad, "curve", { kty: "EC" });
  azure.setKey(keyUri, { enabled: false });
  const writes = azure.writes().length;

  const { code, output } = await program(vault(), assign("one", payroll.id), encrypt(keyUri, "one")).preview();

  expect(code).not.toBe(0);
  for (const rule of [
    "cmk-key-type",
    "cmk-key-unusable",
    "key-vault-purge-protection-off",
    "cmk-user-identity-restricted-key-vault",
  ]) {
    expect(output).toContain(rule);
  }
  expect(output).toContain("names a version of the key");
  expect(azure.writes()).toHaveLength(writes);
});

test("a key that expires soon is allowed, and announced", async () => {
  azure.setKey(backup, { exp: Math.floor(Date.now() / 1000) + 10 * 86_400 });
  expect(await up(...encrypted())).toContain("its key expires on");
});

test("encryption that was changed in the portal is shown by a refresh and put right", async () => {
  await up(...encrypted());
  setSettings({ keyVaultProperties: { keyUri: other } });
  expect((await stack.refresh()).output).toContain("keyUri");
  await up(...encrypted());
  expect(settings().keyVaultProperties.keyUri).toBe(backup);
});

test("an update that Azure leaves Inconsistent is made again at once", async () => {
  await up(vault(), assign("one", payroll.id));
  azure.faults.add({ method: "PATCH", path: "backupVaults", kind: "inconsistent", times: 2 });
  expect(await up(...encrypted())).toContain("Inconsistent");
  expect(settings()).toMatchObject({ state: "Enabled", keyVaultProperties: { keyUri: backup } });
});

test("settings that somebody else's update left Inconsistent are drift, and the next up makes them again", async () => {
  await up(...encrypted());
  setSettings({ state: "Inconsistent" });
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect((await stack.resources()).find(({ type }) => type.endsWith("EncryptionSettings"))?.outputs.state).toBe(
    "Inconsistent",
  );
  await up(...encrypted());
  expect(settings().state).toBe("Enabled");
});

test("rights given a moment ago are waited for, and missing ones are named", async () => {
  await azure.close();
  azure = await startEmulator({ permissionDelayMs: 4_000 });
  azure.createResourceGroup("rg-payroll");
  payroll = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as Identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  Object.assign(stack.env, azure.env);

  const missing = await program(...encrypted()).up();
  expect(missing.code).not.toBe(0);
  expect(missing.output).toContain("cmk-access-missing");
  expect(missing.output).toContain("Key Vault Crypto Service Encryption User");

  azure.grant(keyVault, payroll.properties.principalId);
  await up(...encrypted());
  expect(settings().state).toBe("Enabled");
});

test("a vault that was encrypted in the portal is taken over, and a change of its key is announced", async () => {
  await up(vault(), assign("one", payroll.id));
  setSettings({
    state: "Enabled",
    keyVaultProperties: { keyUri: backup },
    kekIdentity: { identityType: "UserAssigned", identityId: payroll.id },
  });
  const { code, output } = await program(vault(), assign("one", payroll.id), encrypt(other, "one")).preview();
  expect(code).toBe(0);
  expect(output).toContain("is encrypted with the key");

  const writes = azure.writes().length;
  await up(...encrypted());
  expect(azure.writes()).toHaveLength(writes);
});

test("encryption set inline and by EncryptionSettings is refused at preview", async () => {
  const inline = vault({
    identity: { type: "UserAssigned", userAssignedIdentities: [payroll.id] },
    encryption: { keyUri: backup, identity: payroll.id },
  });
  const { code, output } = await program(inline, encrypt(backup, JSON.stringify(payroll.id))).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("from the argument encryption of its BackupVault, and from its EncryptionSettings");
});

test("infrastructure encryption is chosen at creation and not later", async () => {
  await up(vault(), assign("one", payroll.id));
  const late = encrypt(backup, "one", { infrastructureEncryption: "Enabled" });
  const { code, output } = await program(vault(), assign("one", payroll.id), late).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("infrastructure-encryption-fixed");
});

test("a vault that is replaced is encrypted again", async () => {
  await up(...encrypted());
  await up(vault({ location: "northeurope" }), assign("one", payroll.id), encrypt(backup, "one"));
  expect(azure.vault(id)?.location).toBe("northeurope");
  expect(settings()).toMatchObject({ state: "Enabled", keyVaultProperties: { keyUri: backup } });
});

import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;
let id: string;
let keyVault: string;
let payroll: { id: string; properties: { principalId: string } };

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  payroll = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof payroll;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  stack = await newStack(azure.env);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

const payrollVault = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
};

const program = (text: string): Stack =>
  stack.program(`
    const { BackupVault, EncryptionSettings, IdentityAssignment, KeyAccess } = require("pulumi-azure-backup");
    const keyUri = "${keyUri}";
    const payrollVault = ${JSON.stringify(payrollVault)};
    ${text}`);

async function up(text: string): Promise<string> {
  const { code, output } = await program(text).up();
  if (code !== 0) throw new Error(output);
  return output;
}

const accessOf = (more = "") =>
  `const access = new KeyAccess("payroll", { keyUri, principalId: "${payroll.properties.principalId}", ${more} });`;

const ownIdentity = `
  const vault = new BackupVault("payroll", payrollVault);
  const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
  const access = new KeyAccess("payroll", { keyUri, principalId: identity.principalId, vault });
  new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });`;

const assignments = () => {
  const { value } = azure.arm("GET", `${keyVault}/providers/Microsoft.Authorization/roleAssignments`).body as {
    value: { name: string; properties: { principalId: string; scope: string } }[];
  };
  return value;
};

const policies = () => {
  const { properties } = azure.arm("GET", keyVault).body as {
    properties: { accessPolicies: { objectId: string; permissions: { keys?: string[]; secrets?: string[] } }[] };
  };
  return properties.accessPolicies;
};

function useAccessPolicies(...accessPolicies: object[]): void {
  azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: false } });
  azure.arm("PUT", `${keyVault}/accessPolicies/replace`, { properties: { accessPolicies } });
}

test("a vault with its own identity, the access and the key come up in one run and go in one", async () => {
  await up(ownIdentity);
  expect(azure.vault(id)?.properties.securitySettings.encryptionSettings).toMatchObject({
    state: "Enabled",
    kekIdentity: { identityType: "SystemAssigned" },
  });
  expect(assignments()).toMatchObject([{ properties: { scope: `${keyVault}/keys/backup` } }]);

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
});

test("a user-assigned identity's access outlives the vault that needs it, and is taken away after it", async () => {
  const all = (vaultOptions: string) => `
    ${accessOf()}
    const vault = new BackupVault("payroll", payrollVault, ${vaultOptions});
    const identity = new IdentityAssignment("payroll", { vault, identity: "${payroll.id}" });
    new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });`;
  await up(all("{ dependsOn: access }"));
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
  expect(assignments()).toEqual([]);

  await up(all("{}"));
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(assignments()).toEqual([]);
});

test("access that a vault's key needs is not taken away, and the vault is named", async () => {
  const vault = `
    const vault = new BackupVault("payroll", payrollVault);
    const identity = new IdentityAssignment("payroll", { vault, identity: "${payroll.id}" });`;
  await up(
    `${accessOf()} ${vault} new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });`,
  );
  const { code, output } = await program(
    `${vault} new EncryptionSettings("payroll", { vault, keyUri, identity });`,
  ).up();
  expect(code).not.toBe(0);
  expect(output).toContain("cmk-dependency-deleted-first");
  expect(output).toContain('"bv-payroll"');
  expect(assignments()).toHaveLength(1);
});

test("a role is given at the key vault on request, and given anew when it was taken away", async () => {
  await up(accessOf('scope: "KeyVault"'));
  const [given] = assignments();
  expect(given?.properties).toMatchObject({ scope: keyVault, principalId: payroll.properties.principalId });

  azure.arm("DELETE", `${keyVault}/providers/Microsoft.Authorization/roleAssignments/${given?.name}`);
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  await up(accessOf('scope: "KeyVault"'));
  expect(assignments().map(({ name }) => name)).toEqual([given?.name]);
});

test("wider rights that are there already are left to whoever gave them", async () => {
  azure.grant(`/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`, payroll.properties.principalId);
  await up(accessOf());
  expect(assignments()).toHaveLength(1);
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(assignments()).toHaveLength(1);
});

test("an access policy is added beside others, and only what was added is taken away", async () => {
  const others = { tenantId: azure.env.ARM_TENANT_ID, objectId: "others", permissions: { keys: ["get"] } };
  const before = {
    tenantId: azure.env.ARM_TENANT_ID,
    objectId: payroll.properties.principalId,
    permissions: { keys: ["get", "sign"] },
  };
  useAccessPolicies(others, before);
  const keysOf = (objectId: string) =>
    policies()
      .find((each) => each.objectId === objectId)
      ?.permissions.keys?.sort();

  await up(accessOf());
  expect(keysOf(payroll.properties.principalId)).toEqual(["get", "list", "sign", "unwrapKey", "wrapKey"]);
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(keysOf(payroll.properties.principalId)).toEqual(["get", "sign"]);
  expect(keysOf("others")).toEqual(["get"]);
});

test("one key serves many vaults that come up and go side by side", async () => {
  useAccessPolicies();
  await up(`
    for (const name of ["a", "b", "c", "d", "e"]) {
      const vault = new BackupVault(name, { ...payrollVault, vaultName: "bv-" + name });
      const identity = new IdentityAssignment(name, { vault, identity: "SystemAssigned" });
      const access = new KeyAccess(name, { keyUri, principalId: identity.principalId, vault });
      new EncryptionSettings(name, { vault, keyUri, identity }, { dependsOn: access });
    }`);
  expect(policies()).toHaveLength(5);
  expect(await stack.destroy()).toMatchObject({ code: 0 });
});

test("a key in a Managed HSM is refused at preview, with what to do instead", async () => {
  const { code, output } = await program(
    accessOf().replace("keyUri", 'keyUri: "https://hsm-payroll.managedhsm.azure.net/keys/backup"'),
  ).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("Managed HSM Crypto Service Encryption User");
});

test("a key vault that is not there yet is a warning at preview and an error at up", async () => {
  const elsewhere = accessOf().replace("keyUri", 'keyUri: "https://kv-none.vault.azure.net/keys/backup"');
  const preview = await program(elsewhere).preview();
  expect(preview.code).toBe(0);
  expect(preview.output).toMatch(/warning:.*kv-none/);
  const result = await stack.up();
  expect(result.code).not.toBe(0);
  expect(result.output).toContain("kv-none");
});

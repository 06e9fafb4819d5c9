import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

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

const assignments = () => {
  const { value } = azure.arm("GET", `${keyVault}/providers/Microsoft.Authorization/roleAssignments`).body as {
    value: { name: string; properties: { principalId: string; scope: string } }[];
  };
  return value;
};

test("six vaults take keys by roles, by policies and in a Managed HSM side by side, stay, and go with what was given", async () => {
  const policies = azure.createKeyVault("rg-payroll", "kv-policies", { enableRbacAuthorization: false }).id;
  azure.createKey(policies, "backup");
  const hsm = azure.createManagedHsm("rg-payroll", "hsm-payroll").id;
  azure.createKey(hsm, "backup");
  await up(`
    const stores = ["kv-payroll.vault", "kv-policies.vault", "hsm-payroll.managedhsm"];
    for (let n = 0; n < 6; n += 1) {
      const keyUri = "https://" + stores[n % 3] + ".azure.net/keys/backup";
      const vault = new BackupVault("v" + n, { ...payrollVault, vaultName: "bv-" + n });
      const identity = new IdentityAssignment("v" + n, { vault, identity: "SystemAssigned" });
      const access = new KeyAccess("v" + n, { keyUri, principalId: identity.principalId, vault });
      new EncryptionSettings("v" + n, { vault, keyUri, identity }, { dependsOn: access });
      exports["client" + n] = identity.clientId;
    }`);
  const vaults = () => (azure.arm("GET", id.slice(0, id.lastIndexOf("/"))).body as { value: Vault[] }).value;
  expect(vaults().map((each) => each.properties.securitySettings.encryptionSettings.state)).toEqual(
    Array(6).fill("Enabled"),
  );
  expect(assignments()).toHaveLength(2);
  const clients = (await stack.resources()).filter(({ type }) => type.endsWith("IdentityAssignment"));
  expect(clients.map(({ outputs }) => outputs.clientId)).toEqual(Array(6).fill(expect.any(String)));

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });

  const { code, output } = await stack.destroy();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(vaults()).toEqual([]);
  // No role is left for identities that are gone with their vaults.
  expect(assignments()).toEqual([]);
  expect((azure.arm("GET", policies).body as KeyVault).properties.accessPolicies).toEqual([]);
  expect(output).not.toContain("could not be deleted");
});

interface KeyVault {
  properties: { accessPolicies: object[] };
}

interface Vault {
  properties: { securitySettings: { encryptionSettings: { state: string } } };
}

test("a user-assigned identity's access is not taken from a vault that needs it, and goes after it", async () => {
  const vaultOf = (options: string) => `
    const vault = new BackupVault("payroll", payrollVault, ${options});
    const identity = new IdentityAssignment("payroll", { vault, identity: "${payroll.id}" });`;
  const all = (options: string) => `
    ${accessOf()} ${vaultOf(options)}
    new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });`;
  await up(all("{}"));

  const { code, output } = await program(
    `${vaultOf("{}")} new EncryptionSettings("payroll", { vault, keyUri, identity });`,
  ).up();
  expect(code).not.toBe(0);
  expect(output).toContain("cmk-dependency-deleted-first");
  expect(output).toContain('"bv-payroll"');
  expect(assignments()).toHaveLength(1);

  await up(all("{ dependsOn: access }"));
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
  expect(assignments()).toEqual([]);
});

test("an identity, its access and the key's settings stay where they are renamed in the program, and go with the vault in one run, though it and the access do not depend on each other", async () => {
  const all = (name: string) => `
    const access = new KeyAccess("${name}", { keyUri, principalId: "${payroll.properties.principalId}" });
    const vault = new BackupVault("payroll", payrollVault);
    const identity = new IdentityAssignment("${name}", { vault, identity: "${payroll.id}" });
    new EncryptionSettings("${name}", { vault, keyUri, identity }, { dependsOn: access });`;
  await up(all("first"));
  const writes = azure.writes().length;

  const { output } = await program(all("second")).preview();
  expect(output.match(/add its old name to `aliases`/g)).toHaveLength(2);
  expect(await up(all("second"))).toContain("Pulumi only removes this one from its state");
  expect(azure.writes()).toHaveLength(writes);
  expect(assignments()).toHaveLength(1);
  expect(Object.keys(azure.vault(id)?.identity?.userAssignedIdentities ?? {})).toEqual([payroll.id]);
  expect((await stack.resources()).filter(({ urn }) => urn.endsWith("::first"))).toEqual([]);
  expect(await stack.up("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(assignments()).toEqual([]);
});

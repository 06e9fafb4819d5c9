import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;
let id: string;
let payrollIdentity: string;
let salesIdentity: string;

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  payrollIdentity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").id;
  salesIdentity = azure.createUserAssignedIdentity("rg-payroll", "id-sales").id;
  stack = await newStack(azure.env);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** A vault and what follows it in the program. */
function program(rest: string, more: object = {}): Stack {
  const vault = {
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "GeoRedundant",
    softDelete: { state: "On", retentionDurationInDays: 30 },
    ...more,
  };
  return stack.program(`
    const { BackupVault, IdentityAssignment } = require("pulumi-azure-backup");
    const vault = new BackupVault("payroll", ${JSON.stringify(vault)});
    ${rest}`);
}

const assign = (name: string, identity: string) =>
  `const ${name} = new IdentityAssignment("${name}", { vault, identity: "${identity}" });
   exports.${name} = ${name}.principalId;`;

async function up(rest: string, more: object = {}): Promise<void> {
  const { code, output } = await program(rest, more).up();
  if (code !== 0) throw new Error(output);
}

const assigned = () => {
  const { type, userAssignedIdentities } = azure.vault(id)?.identity ?? {};
  const names = Object.keys(userAssignedIdentities ?? {}).map((each) => each.slice(each.lastIndexOf("/") + 1));
  return { type, names: names.sort() };
};

test("several identities come onto one vault, stay without a diff, and go with it", async () => {
  await up(assign("own", "SystemAssigned") + assign("one", payrollIdentity) + assign("two", salesIdentity));
  expect(assigned()).toEqual({ type: "SystemAssigned,UserAssigned", names: ["id-payroll", "id-sales"] });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });

  const writes = azure.writes().length;
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
  expect(
    azure
      .writes()
      .slice(writes)
      .map(({ method }) => method),
  ).toEqual(["DELETE"]);
});

test("what an identity is in the directory can be used by the rest of the program", async () => {
  await up(assign("own", "SystemAssigned") + assign("one", payrollIdentity));
  const { identity } = azure.vault(id) ?? {};
  const outputs = Object.fromEntries((await stack.resources()).map((each) => [each.inputs.identity, each.outputs]));
  expect(outputs.SystemAssigned).toMatchObject({ principalId: identity.principalId, tenantId: identity.tenantId });
  expect(outputs[payrollIdentity]).toMatchObject(identity.userAssignedIdentities[payrollIdentity]);
});

test("another identity is added first, then the old one leaves", async () => {
  await up(assign("one", payrollIdentity));
  const writes = azure.writes().length;
  await up(assign("one", salesIdentity));
  expect(assigned()).toEqual({ type: "UserAssigned", names: ["id-sales"] });
  const sent = azure
    .writes()
    .slice(writes)
    .map(({ requestBody }) => (requestBody as { identity: object }).identity);
  expect(sent).toMatchObject([
    { userAssignedIdentities: { [payrollIdentity]: {}, [salesIdentity]: {} } },
    { userAssignedIdentities: { [salesIdentity]: {}, [payrollIdentity]: null } },
  ]);
});

test("removing an assignment takes away that identity and no other", async () => {
  await up(assign("own", "SystemAssigned") + assign("one", payrollIdentity));
  await up(assign("one", payrollIdentity));
  expect(assigned()).toEqual({ type: "UserAssigned", names: ["id-payroll"] });
  await up("");
  expect(azure.vault(id)?.identity?.type ?? "None").toBe("None");
});

test("an identity that a backup instance uses does not leave, and the instance is named", async () => {
  await up(assign("own", "SystemAssigned"));
  await azure.protect(id, { name: "payroll-blobs" });
  const { code, output } = await program("").up();
  expect(code).not.toBe(0);
  expect(output).toContain("instance-identity-removed");
  expect(output).toContain("payroll-blobs");
  expect(assigned().type).toBe("SystemAssigned");
});

test("an identity that the vault's key needs does not leave", async () => {
  await up(assign("one", payrollIdentity));
  azure.setVault(id, {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri: "https://kv-payroll.vault.azure.net/keys/backup" },
          kekIdentity: { identityType: "UserAssigned", identityId: payrollIdentity },
        },
      },
    },
  });
  const { code, output } = await program("").up();
  expect(code).not.toBe(0);
  expect(output).toContain("kek-identity-removed");
  expect(assigned().names).toEqual(["id-payroll"]);
});

test("identities set inline and by an IdentityAssignment are refused at preview", async () => {
  const { code, output } = await program(assign("one", payrollIdentity), {
    identity: { type: "SystemAssigned" },
  }).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("from the argument identity of its BackupVault, and from its IdentityAssignment");
  expect(azure.writes()).toEqual([]);
});

test("an identity that was taken off in the portal comes back with the next up", async () => {
  await up(assign("one", payrollIdentity));
  azure.setVault(id, { identity: undefined });
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  await up(assign("one", payrollIdentity));
  expect(assigned().names).toEqual(["id-payroll"]);
});

test("a vault that is replaced gets its identities again", async () => {
  await up(assign("own", "SystemAssigned"));
  await up(assign("own", "SystemAssigned"), { location: "northeurope" });
  expect(azure.vault(id)).toMatchObject({ location: "northeurope", identity: { type: "SystemAssigned" } });
});

test("a vault is named by its ARM id as well, and one that does not exist is an error", async () => {
  await up("");
  const other = await newStack(azure.env);
  try {
    const byId = (vault: string) =>
      other.program(`
        const { IdentityAssignment } = require("pulumi-azure-backup");
        new IdentityAssignment("own", { vault: "${vault}", identity: "SystemAssigned" });`);
    expect(await byId(id).up()).toMatchObject({ code: 0 });
    expect(assigned().type).toBe("SystemAssigned");
    expect(await other.destroy()).toMatchObject({ code: 0 });
    expect(azure.vault(id)?.identity?.type ?? "None").toBe("None");

    const missing = await byId(id.replace("bv-payroll", "bv-none")).up();
    expect(missing.code).not.toBe(0);
    expect(missing.output).toContain('Backup vault "bv-none" does not exist');
  } finally {
    other.remove();
  }
});

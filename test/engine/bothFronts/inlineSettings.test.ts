import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;
let id: string;
let identityId: string;

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  identityId = identity.id;
  const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  azure.grant(`${keyVault}/keys/backup`, identity.properties.principalId);
  stack = await newStack(azure.env);
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("identity and key go over to resources of their own and come back, and the vault is not written", async () => {
  const shape = {
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "GeoRedundant",
  };
  const inline = {
    ...shape,
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    encryption: { keyUri, identity: identityId },
  };
  const program = (vault: object, rest = "") =>
    stack.program(`
      const { BackupVault, EncryptionSettings, IdentityAssignment } = require("pulumi-azure-backup");
      const vault = new BackupVault("payroll", ${JSON.stringify(vault)});
      ${rest}`);
  const apart = `
    const identity = new IdentityAssignment("payroll", { vault, identity: "${identityId}" });
    new EncryptionSettings("payroll", { vault, keyUri: "${keyUri}", identity });`;
  const up = async () => {
    const { code, output } = await stack.up();
    expect({ code, output }).toMatchObject({ code: 0 });
  };

  program(inline);
  await up();
  const writes = azure.writes().length;

  program(shape, apart);
  await up();
  expect((await stack.resources()).find(({ type }) => type.endsWith("BackupVault"))?.outputs).not.toHaveProperty(
    "identity",
  );
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });

  program(inline);
  await up();
  expect(await stack.resources()).toHaveLength(1);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.writes()).toHaveLength(writes);
  expect(azure.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");

  // Without a resource that takes it over, the argument that leaves is a removal.
  const { code, output } = await program(shape).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("cmk-removed");
});

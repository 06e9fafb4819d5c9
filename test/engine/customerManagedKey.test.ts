import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { installExample } from "../support/packed.js";
import { newStack, type Run, type Stack } from "../support/stack.js";

let project: string;
let azure: Emulator;
let stack: Stack;
let settings: Record<string, string>;
let id: string;
let keyVault: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "customer-managed-key-"));
  installExample("customer-managed-key", project);
});
afterAll(() => rmSync(project, { recursive: true }));

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  settings = {
    keyUri: "https://kv-payroll.vault.azure.net/keys/backup",
    identityId: identity.id,
    principalId: identity.properties.principalId,
  };
  stack = await newStack(azure.env);
  await example("stack", "init", "organization/customer-managed-key/dev");
});

afterEach(async () => {
  rmSync(join(project, "Pulumi.dev.yaml"), { force: true });
  stack.remove();
  await azure.close();
});

const example = (...args: string[]): Promise<Run> => stack.pulumi(...args, "--cwd", project);

const configured = (way: string, more: object = {}) =>
  Object.entries({ ...settings, way, ...more }).flatMap(([name, value]) => ["--config", `${name}=${value}`]);

test.each(["system-assigned", "user-assigned", "at-creation"])(
  "the example's way %s comes up in one run, stays, refuses to be half undone, and goes in one run",
  async (way) => {
    // Its types are checked once: they are the same each time.
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = String(way !== "system-assigned");
    const { code, output } = await example("up", "--yes", "--skip-preview", ...configured(way));
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");

    expect(await example("preview", "--expect-no-changes")).toMatchObject({ code: 0 });

    const elsewhere = await example("preview", "--config", "keyUri=https://kv-payroll.vault.azure.cn/keys/backup");
    expect(elsewhere.code).not.toBe(0);
    expect(elsewhere.output).toContain("must be a key in this cloud");

    expect(await example("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(azure.vault(id)).toBeUndefined();
  },
);

test("identity and key go over to resources of their own and come back, and the vault is not written", async () => {
  const { identityId, keyUri } = settings;
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
  azure.grant(`${keyVault}/keys/backup`, settings.principalId ?? "");
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

import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;
let settings: Record<string, string>;
let id: string;

beforeAll(async () => {
  stack = await newStack({});
  stack.example("customer-managed-key");
});
afterAll(() => stack.remove());

beforeEach(async () => {
  azure = await startEmulator();
  Object.assign(stack.env, azure.env);
  azure.createResourceGroup("rg-payroll");
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
  azure.createKey(azure.createKeyVault("rg-payroll", "kv-payroll").id, "backup");
  settings = {
    keyUri: "https://kv-payroll.vault.azure.net/keys/backup",
    identityId: identity.id,
    principalId: identity.properties.principalId,
  };
});
afterEach(() => azure.close());

const configured = (way: string) =>
  Object.entries({ ...settings, way }).flatMap(([name, value]) => ["--config", `${name}=${value}`]);

test.each(["system-assigned", "user-assigned", "at-creation"])(
  "the example's way %s comes up in one run, stays, refuses to be half undone, and goes in one run",
  async (way) => {
    const { code, output } = await stack.up(...configured(way));
    // Only the first command of all goes through Pulumi's language host and its compiler.
    stack.withoutTypes();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");

    expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });

    const elsewhere = await stack.preview("--config", "keyUri=https://kv-payroll.vault.azure.cn/keys/backup");
    expect(elsewhere.code).not.toBe(0);
    expect(elsewhere.output).toContain("must be a key in this cloud");

    expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(azure.vault(id)).toBeUndefined();
  },
);

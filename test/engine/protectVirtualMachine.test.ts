import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;
const machineId = (name: string) => inGroup(`Microsoft.Compute/virtualMachines/${name}`);
const vaultId = () => inGroup("Microsoft.RecoveryServices/vaults/rsv-payroll");
const itemId = () =>
  `${vaultId()}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;rg-payroll;vm-payroll` +
  "/protectedItems/vm;iaasvmcontainerv2;rg-payroll;vm-payroll";
const item = () => (azure.arm("GET", itemId()).body as { properties: Record<string, unknown> }).properties;

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
  stack.example("protect-virtual-machine").withoutTypes();
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** As docs/plugin.md says it. */
const servedByPlugin = () => {
  const file = join(stack.directory, "Pulumi.yaml");
  const plugin = `plugins:\n  providers:\n    - name: azure-backup\n      path: ${JSON.stringify(join(root, "plugin"))}\n`;
  writeFileSync(file, `${readFileSync(file, "utf8")}config:\n  azure-backup:usePlugin: true\n${plugin}`);
};

test("the example protects a machine from an empty group, goes over to the plugin without a write, and goes", async () => {
  const up = await stack.pulumi("up", "--yes", "--config", `machineId=${machineId("vm-payroll")}`);
  expect(up).toMatchObject({ code: 0 });
  expect(item()).toMatchObject({
    protectionState: "IRPending",
    policyId: `${vaultId()}/backupPolicies/machines-hourly`,
  });

  const other = await stack.preview("--config", `machineId=${machineId("another")}`);
  expect(other).toMatchObject({ code: 0, output: expect.stringContaining("rsv-protected-item-deleted: ") });

  servedByPlugin();
  const before = azure.writes().length;
  const back = ["--config", `machineId=${machineId("vm-payroll")}`];
  expect(await stack.up(...back)).toMatchObject({ code: 0 });
  expect(azure.writes()).toHaveLength(before);

  const gone = await stack.destroy();
  expect(gone).toMatchObject({ code: 0 });
  expect(gone.output).toContain("Its backups are soft-deleted, and can be recovered until");
  expect(azure.vault(vaultId())).toBeUndefined();
});

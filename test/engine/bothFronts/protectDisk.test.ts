import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;
let settings: string[];

const inSubscription = (path: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${path}`;
const diskId = (name: string) => inSubscription(`rg-payroll/providers/Microsoft.Compute/disks/${name}`);
const vaultId = () => inSubscription("rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll");
const instance = () =>
  azure.arm("GET", `${vaultId()}/backupInstances/disk-payroll`) as { status: number; body: { properties: object } };

beforeEach(async () => {
  azure = await startEmulator();
  for (const group of ["rg-payroll", "rg-snapshots"]) azure.createResourceGroup(group);
  settings = ["--config", `diskId=${diskId("disk-payroll")}`];
  settings.push("--config", `snapshotResourceGroupId=${inSubscription("rg-snapshots")}`);
  stack = await newStack(azure.env);
  stack.example("protect-disk").withoutTypes();
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** What the group holds of the vault's identity, which is all that this program grants. */
const assignments = () => {
  const path = `${inSubscription("rg-snapshots")}/providers/Microsoft.Authorization/roleAssignments`;
  return (azure.arm("GET", `${path}?api-version=2022-04-01`).body as { value: unknown[] }).value.length;
};

test("the example protects a disk from an empty group, stays, keeps the backups on request, and goes", async () => {
  const up = await stack.pulumi("up", "--yes", ...settings);
  expect(up).toMatchObject({ code: 0 });
  expect(instance().body.properties).toMatchObject({ currentProtectionState: "ProtectionConfigured" });
  expect(assignments()).toBe(1);

  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });

  const keeps = ["--config", "onDelete=stopProtectionRetainData"];
  expect(await stack.up(...keeps)).toMatchObject({ code: 0 });
  const other = await stack.preview("--config", `diskId=${diskId("another")}`);
  expect(other.code).not.toBe(0);
  expect(other.output).toContain("backup-instance-replaced");
  const back = ["--config", `diskId=${diskId("disk-payroll")}`, "--config", "onDelete=delete"];
  expect(await stack.up(...back)).toMatchObject({ code: 0 });

  const gone = await stack.destroy();
  expect(gone).toMatchObject({ code: 0 });
  expect(gone.output).toContain("soft delete does not cover its backups, which are next to their source");
  expect(azure.vault(vaultId())).toBeUndefined();
  expect(assignments()).toBe(0);
});

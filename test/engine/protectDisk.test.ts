import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { installExample } from "../support/packed.js";
import { newStack, type Run, type Stack } from "../support/stack.js";

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
  installExample("protect-disk", join(stack.directory, "example"));
  await example("stack", "init", "organization/protect-disk/dev");
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

const example = (...args: string[]): Promise<Run> => stack.pulumi(...args, "--cwd", join(stack.directory, "example"));

/** What the group holds of the vault's identity, which is all that this program grants. */
const assignments = () => {
  const path = `${inSubscription("rg-snapshots")}/providers/Microsoft.Authorization/roleAssignments`;
  return (azure.arm("GET", `${path}?api-version=2022-04-01`).body as { value: unknown[] }).value.length;
};

test("the example protects a disk from an empty group, stays, keeps the backups on request, and goes", async () => {
  const up = await example("up", "--yes", ...settings);
  expect(up).toMatchObject({ code: 0 });
  // Its types are checked by now.
  stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
  expect(instance().body.properties).toMatchObject({ currentProtectionState: "ProtectionConfigured" });
  expect(assignments()).toBe(1);

  expect(await example("preview", "--expect-no-changes")).toMatchObject({ code: 0 });
  expect(await example("refresh", "--yes", "--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });

  const keeps = ["--config", "onDelete=stopProtectionRetainData"];
  expect(await example("up", "--yes", "--skip-preview", ...keeps)).toMatchObject({ code: 0 });
  const other = await example("preview", "--config", `diskId=${diskId("another")}`);
  expect(other.code).not.toBe(0);
  expect(other.output).toContain("backup-instance-replaced");
  const back = ["--config", `diskId=${diskId("disk-payroll")}`, "--config", "onDelete=delete"];
  expect(await example("up", "--yes", "--skip-preview", ...back)).toMatchObject({ code: 0 });

  const gone = await example("destroy", "--yes", "--skip-preview");
  expect(gone).toMatchObject({ code: 0 });
  expect(gone.output).toContain("soft delete does not cover its backups, which are next to their source");
  expect(azure.vault(vaultId())).toBeUndefined();
  expect(assignments()).toBe(0);
});

import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;
const vaultId = () => inGroup("Microsoft.DataProtection/backupVaults/bv-payroll");
const diskId = (name: string) => inGroup(`Microsoft.Compute/disks/${name}`);
const snapshots = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-snapshots`;

const disk = (more: object = {}) => ({
  instanceName: "disk-1",
  dataSource: "AzureDisk",
  dataSourceId: diskId("disk-1"),
  grantRoles: true,
  policy: "daily",
  snapshotResourceGroupId: snapshots(),
  ...more,
});

function program(instances: Record<string, object> = { disk: disk() }, more = ""): Stack {
  return stack.program(`
    const { BackupVault, BackupPolicy, BackupInstance } = require("pulumi-azure-backup");
    const vault = new BackupVault("payroll", {
      vaultName: "bv-payroll", resourceGroupName: "rg-payroll", location: "westeurope", redundancy: "GeoRedundant",
      identity: { type: "SystemAssigned" }, ${more}
    });
    const policies = Object.fromEntries(["daily", "weekly"].map((policyName) => [policyName, new BackupPolicy(policyName, {
      vault, policyName, dataSource: "AzureDisk",
      schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: policyName === "daily" ? "P7D" : "P30D" }],
    })]));
    for (const [name, { policy, options, ...args }] of Object.entries(${JSON.stringify(instances)})) {
      const instance = new BackupInstance(name, { vault, policyId: policies[policy].policyId, ...args }, options);
      exports[name] = instance.instanceId;
      exports[name + "State"] = instance.protectionState;
    }`);
}

const idOf = (name: string) => `${vaultId()}/backupInstances/${name}`;
type Live = { status: number; body: { properties: Record<string, unknown> } };
const live = (name = "disk-1") => azure.arm("GET", idOf(name)) as Live;
const writes = () => azure.writes().filter(({ path }) => path.includes("/backupInstances/"));

const recordedInstances = async () => (await stack.resources()).filter(({ type }) => type.endsWith(":BackupInstance"));

beforeAll(async () => {
  azure = await startEmulator();
  for (const group of ["rg-payroll", "rg-snapshots"]) azure.createResourceGroup(group);
  stack = await newStack(azure.env);
  const { code, output } = await program().up();
  if (code !== 0) throw new Error(output);
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("a disk is protected by a policy of the same program, in Azure's own form, with one write", () => {
  expect(live().body.properties).toEqual({
    objectType: "BackupInstance",
    friendlyName: "disk-1",
    dataSourceInfo: {
      objectType: "Datasource",
      datasourceType: "Microsoft.Compute/disks",
      resourceID: diskId("disk-1"),
      resourceLocation: "westeurope",
      resourceName: "disk-1",
      resourceType: "Microsoft.Compute/disks",
      resourceUri: diskId("disk-1"),
    },
    policyInfo: {
      policyId: `${vaultId()}/backupPolicies/daily`,
      policyParameters: {
        dataStoreParametersList: [
          {
            objectType: "AzureOperationalStoreParameters",
            dataStoreType: "OperationalStore",
            resourceGroupId: snapshots(),
          },
        ],
      },
    },
    provisioningState: "Succeeded",
    currentProtectionState: "ProtectionConfigured",
    protectionStatus: { status: "ProtectionConfigured" },
  });
  expect(writes()).toHaveLength(1);
});

test("without changes, a preview makes no call to Azure, and a refresh finds no difference", async () => {
  const calls = azure.journal().length;
  expect(await program().preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
});

/** As the next test leaves it. */
const changed = (more: object = {}) => ({ disk: disk({ policy: "weekly", friendlyName: "payroll's disk", ...more }) });

test("another policy and another friendly name are updated in place, in one write", async () => {
  const before = writes().length;
  const { code, output } = await program(changed()).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/updated/);
  expect(live().body.properties).toMatchObject({
    friendlyName: "payroll's disk",
    policyInfo: { policyId: `${vaultId()}/backupPolicies/weekly` },
  });
  expect(writes()).toHaveLength(before + 1);
});

test("protection that was stopped outside of the program is seen by a refresh and resumed by the next update", async () => {
  azure.arm("POST", `${idOf("disk-1")}/stopProtection`);
  expect(await program(changed()).refresh()).toMatchObject({ code: 0 });
  const [recorded] = await recordedInstances();
  expect(recorded?.outputs.protectionState).toBe("ProtectionStopped");
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(live().body.properties.currentProtectionState).toBe("ProtectionConfigured");
});

test("another data source is refused at preview, because the instance would be replaced", async () => {
  const before = writes().length;
  const { code, output } = await program(changed({ dataSourceId: diskId("disk-2") })).preview();
  expect(code).not.toBe(0);
  expect(output).toContain(
    'backup-instance-replaced: Backup instance "disk-1" of Backup vault "bv-payroll" cannot be replaced to change `dataSourceId`.',
  );
  expect(writes()).toHaveLength(before);
});

test("its removal stops protection and keeps the backups; declared again, it is adopted and resumed", async () => {
  const { code, output } = await program({}).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain("its backup has stopped. Its backups are kept, and the instance stays in the vault.");
  expect(live().body.properties.currentProtectionState).toBe("ProtectionStopped");
  expect(await program({ disk: disk({ adopt: true, onDelete: "delete" }) }).up()).toMatchObject({ code: 0 });
  expect(live().body.properties.currentProtectionState).toBe("ProtectionConfigured");
});

test("with `onDelete: delete` it is replaced when the program asks for another disk, and deleted on removal", async () => {
  const replaced = await program({ disk: disk({ dataSourceId: diskId("disk-2"), onDelete: "delete" }) }).up();
  expect(replaced).toMatchObject({ code: 0 });
  expect(replaced.output).toContain("Backup stops and its backups are deleted.");
  expect(live().body.properties).toMatchObject({ dataSourceInfo: { resourceID: diskId("disk-2") } });
  const { code, output } = await program({}).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/was deleted\. Azure lists it as soft-deleted until \d{4}-\d\d-\d\d at/);
  expect(live().status).toBe(404);
});

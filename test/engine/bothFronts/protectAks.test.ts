import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;
let clusterId: string;
let settings: string[];

const inSubscription = (path: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${path}`;
const vaultId = () => inSubscription("rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll");
const account = () => inSubscription("rg-payroll/providers/Microsoft.Storage/storageAccounts/backups");
const listed = (path: string) => (azure.arm("GET", path).body as { value: unknown[] }).value.length;

/** What the program grants: the roles at the group of the snapshots, and the trusted access. */
const granted = () => [
  listed(`${inSubscription("rg-snapshots")}/providers/Microsoft.Authorization/roleAssignments`),
  listed(`${clusterId}/trustedAccessRoleBindings`),
];

beforeEach(async () => {
  azure = await startEmulator();
  for (const group of ["rg-payroll", "rg-snapshots"]) azure.createResourceGroup(group);
  clusterId = azure.createManagedCluster("rg-payroll", "aks-payroll").id;
  settings = ["--config", `clusterId=${clusterId}`];
  settings.push("--config", `snapshotResourceGroupId=${inSubscription("rg-snapshots")}`);
  stack = await newStack(azure.env);
  stack.example("protect-aks").withoutTypes();
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

test("the example names what the cluster lacks, protects it, changes what is backed up, and goes", async () => {
  const first = await stack.up(...settings);
  expect(first.code).not.toBe(0);
  expect(first.output).toContain("has no backup extension");

  const extension = azure.installBackupExtension(clusterId, account());
  const { principalId } = extension.properties.aksAssignedIdentity;
  azure.grant(account(), principalId, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
  expect(await stack.up()).toMatchObject({ code: 0 });
  const { body } = azure.arm("GET", `${vaultId()}/backupInstances/aks-payroll`) as { body: { properties: object } };
  expect(body.properties).toMatchObject({ currentProtectionState: "ProtectionConfigured" });
  expect(granted()).toEqual([2, 1]);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });

  expect(await stack.up("--config", "namespaces=payroll")).toMatchObject({ code: 0 });
  const changed = JSON.stringify(azure.arm("GET", `${vaultId()}/backupInstances/aks-payroll`).body);
  expect(changed).toContain('"includedNamespaces":["payroll"]');

  const gone = await stack.destroy();
  expect(gone).toMatchObject({ code: 0 });
  expect(azure.vault(vaultId())).toBeUndefined();
  expect(granted()).toEqual([0, 0]);
});

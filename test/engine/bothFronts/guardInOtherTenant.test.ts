import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

/** A protected disk in a vault whose resource guard is in another Microsoft Entra tenant. */

const other = { tenant: "7e7a0000-0000-4000-8000-00000000e7a2", subscription: "5b5c0000-0000-4000-8000-0000000005b6" };
const security = `/subscriptions/${other.subscription}/resourceGroups/rg-security`;
const guard = `${security}/providers/Microsoft.DataProtection/resourceGuards/guard`;

let azure: Emulator;
let stack: Stack;

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const vault = () => `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;

const program = (policy: string, more: object = {}): Stack =>
  stack.program(`
    const { BackupInstance, BackupPolicy, BackupVault, ResourceGuardAssociation } = require("pulumi-azure-backup");
    const vault = new BackupVault("payroll", {
      vaultName: "bv-payroll", resourceGroupName: "rg-payroll", location: "westeurope", redundancy: "LocallyRedundant",
      identity: { type: "SystemAssigned" },
    });
    const policies = Object.fromEntries(["daily", "weekly"].map((policyName) => [policyName, new BackupPolicy(policyName, {
      vault, policyName, dataSource: "AzureDisk", schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: "P7D" }],
    })]));
    new BackupInstance("disk", {
      vault, instanceName: "disk", dataSource: "AzureDisk", policyId: policies["${policy}"].policyId, grantRoles: true,
      dataSourceId: "${group()}/providers/Microsoft.Compute/disks/disk", snapshotResourceGroupId: "${group()}",
      onDelete: "delete", ...${JSON.stringify(more)},
    });
    new ResourceGuardAssociation("payroll", { vault, resourceGuard: "${guard}" });`);

const policyOfDisk = () => {
  type Live = { body: { properties?: { policyInfo: { policyId: string } } } };
  const { body } = azure.arm("GET", `${vault()}/backupInstances/disk`) as Live;
  return body.properties?.policyInfo.policyId.split("/").at(-1);
};

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", security, { location: "westeurope" });
  azure.arm("PUT", guard, { location: "westeurope", properties: {} });
  stack = await newStack({ ...azure.env, ARM_AUXILIARY_TENANT_IDS: other.tenant });
});
afterAll(async () => {
  stack?.remove();
  await azure?.close();
});

test("another policy of the disk is refused at preview, made with the guard's request, and destroy takes everything", async () => {
  expect(await program("daily").up()).toMatchObject({ code: 0 });
  expect(azure.vault(vault())?.properties.isVaultProtectedByResourceGuard).toBe(true);

  const refused = await program("weekly").preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("backup-instance-guarded");
  expect(refused.output).toContain(`${guard}/dppModifyPolicy/default`);

  const asking = { resourceGuardOperationRequests: [`${guard}/dppModifyPolicy/default`] };
  expect(await program("weekly", asking).up()).toMatchObject({ code: 0 });
  expect(policyOfDisk()).toBe("weekly");

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(vault())).toBeUndefined();
});

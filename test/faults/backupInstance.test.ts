import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Kind, type Operation, whateverMeets, whereverKilled } from "./nothingLost.js";

const { backupInstance } = lifecycles;

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

const groupOf = ({ env }: Emulator) => `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const providersOf = (azure: Emulator) => `${groupOf(azure)}/providers/Microsoft.DataProtection`;

/** A vault with two policies for what is backed up, and with what a disk of it needs. */
function arrange(azure: Emulator, count: number, more: object, datasourceType = "Microsoft.Compute/disks") {
  const group = groupOf(azure);
  const vault = `${providersOf(azure)}/backupVaults/bv-${count}`;
  const id = `${vault}/backupInstances/disk-1`;
  azure.arm("PUT", `${vault}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  });
  for (const role of diskRoles) azure.grant(group, azure.vault(vault)?.identity?.principalId, role);
  const policy = (name: string) => `${vault}/backupPolicies/${name}`;
  const properties = { objectType: "BackupPolicy", datasourceTypes: [datasourceType], policyRules: [] };
  for (const name of ["daily", "weekly"]) azure.arm("PUT", policy(name), { properties });
  const program = {
    vault,
    instanceName: "disk-1",
    dataSource: "AzureDisk",
    dataSourceId: `${group}/providers/Microsoft.Compute/disks/disk-1`,
    policyId: policy("daily"),
    snapshotResourceGroupId: group,
    onDelete: "delete",
    ...more,
  };
  type Live = {
    status: number;
    body: { properties?: { currentProtectionState: string; policyInfo: { policyId: string } } };
  };
  const live = () => azure.arm("GET", id) as Live;
  return {
    program,
    changed: { policyId: policy("weekly") },
    isThere: () => live().status === 200,
    isChanged: () => live().body.properties?.policyInfo.policyId === policy("weekly"),
  };
}

/** A cluster with its extension, whose roles and trusted access the instance grants and revokes. */
function arrangeCluster(azure: Emulator, count: number) {
  const account = `${groupOf(azure)}/providers/Microsoft.Storage/storageAccounts/backups`;
  const { id } = azure.createManagedCluster("rg-payroll", "aks-1");
  const extension = azure.installBackupExtension(id, account);
  const { principalId } = extension.properties.aksAssignedIdentity;
  azure.grant(account, principalId, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
  const more = { dataSource: "AzureKubernetesService", dataSourceId: id, grantRoles: true };
  return arrange(azure, count, more, "Microsoft.ContainerService/managedClusters");
}

const guardOf = (azure: Emulator) => `${providersOf(azure)}/resourceGuards/guard`;

const kinds: Record<string, Kind> = {
  instance: {
    lifecycle: backupInstance,
    isAdopted: true,
    isKilledThere: true,
    arrange: (azure, count) => arrange(azure, count, {}),
  },
  cluster: { lifecycle: backupInstance, isAdopted: true, arrange: arrangeCluster },
  "guarded instance": {
    lifecycle: backupInstance,
    isAdopted: true,
    arrange: (azure, count) =>
      arrange(azure, count, { resourceGuardOperationRequests: [`${guardOf(azure)}/dppModifyPolicy/default`] }),
    afterCreation(azure, count) {
      const guard = guardOf(azure);
      azure.arm("PUT", guard, { location: "westeurope", properties: {} });
      const vault = `${providersOf(azure)}/backupVaults/bv-${count}`;
      const properties = { resourceGuardResourceId: guard };
      azure.arm("PUT", `${vault}/backupResourceGuardProxies/DppResourceGuardProxy`, { properties });
    },
  },
};

const all: [string, Operation][] = [
  ["instance", "create"],
  ["instance", "update"],
  ["guarded instance", "update"],
  ["guarded instance", "delete"],
];

test.concurrent.each(all)(
  "whatever meets a %s's %s, or wherever it is killed, nothing is lost and the next run completes it",
  async (what, operation) => {
    expect(await whateverMeets(kinds[what] as Kind, operation)).toEqual([]);
  },
);

/** A cluster's requests are as many again, and of the same kinds: it is only killed. */
test.concurrent.each(["create", "delete"] as const)(
  "a run that is killed in a cluster's %s is made good by the next one",
  async (operation) => {
    expect(await whereverKilled(kinds.cluster as Kind, operation)).toEqual([]);
  },
);

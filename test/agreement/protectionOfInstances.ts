import { another, azure, group, type Kind, must, policies, type Request, type Shown } from "./protectionWorld.js";

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

const operational = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };
const policy = {
  objectType: "BackupPolicy",
  datasourceTypes: ["Microsoft.Compute/disks"],
  policyRules: [
    {
      name: "Default",
      objectType: "AzureRetentionRule",
      isDefault: true,
      lifecycles: [
        {
          deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
          sourceDataStore: operational,
          targetDataStoreCopySettings: [],
        },
      ],
    },
  ],
};

export const instances: Kind = {
  resource: "backupInstance",
  newVault() {
    const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-${another()}`;
    const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
    const securitySettings = { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } };
    const body = {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: { storageSettings, securitySettings },
    };
    must(["PUT", `${vault}?api-version=2025-07-01`, body]);
    for (const role of diskRoles) azure.grant(group, azure.vault(vault)?.identity?.principalId, role);
    for (const name of policies) must(["PUT", `${vault}/backupPolicies/${name}`, { properties: policy }]);
    return vault;
  },
  worldOf: (vault, source) => ({
    vault,
    source,
    id: `${vault}/backupInstances/disk`,
    args: {
      vault,
      instanceName: "disk",
      dataSource: "AzureDisk",
      dataSourceId: source,
      policyId: `${vault}/backupPolicies/daily`,
      snapshotResourceGroupId: group,
    },
  }),
  sourceOf: (name) => `${group}/providers/Microsoft.Compute/disks/${name}`,
  protect({ id, source }, policyId, more = {}) {
    const dataSourceInfo = {
      objectType: "Datasource",
      datasourceType: "Microsoft.Compute/disks",
      resourceID: source,
      resourceName: "disk",
      resourceLocation: "westeurope",
    };
    const parameters = {
      objectType: "AzureOperationalStoreParameters",
      dataStoreType: "OperationalStore",
      resourceGroupId: group,
    };
    const policyInfo = { policyId, policyParameters: { dataStoreParametersList: [parameters] } };
    const properties = { objectType: "BackupInstance", friendlyName: "disk", dataSourceInfo, policyInfo };
    return ["PUT", `${id}?api-version=2025-07-01`, { properties: { ...properties, ...more } }];
  },
  proxy: "DppResourceGuardProxy",
  requests: {
    stop: "dppDisableStopProtectionRequests",
    suspend: "dppDisableSuspendBackupsRequests",
    delete: "deleteBackupInstanceRequests",
  },
  stop: ({ id }, asking) => ["POST", `${id}/stopProtection`, asking],
  suspend: ({ id }, asking) => ["POST", `${id}/suspendBackups`, asking],
  remove: ({ id }) => ["DELETE", id],
  resume(world, state, policy) {
    const action = { stopped: "resumeProtection", suspended: "resumeBackups" }[state];
    const resumed: Request[] = action ? [["POST", `${world.id}/${action}`]] : [];
    return [...resumed, this.protect(world, policy)];
  },
  undelete(world, policy) {
    const { vault } = world;
    return [["POST", `${vault}/deletedBackupInstances/disk/undelete`], ...this.resume(world, "stopped", policy)];
  },
  immutable: (vault, state) =>
    void azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state } } } }),
  shown({ id }) {
    const { properties } = azure.arm("GET", id).body as { properties?: Shown };
    return [properties?.currentProtectionState, properties?.policyInfo?.policyId?.split("/").at(-1)];
  },
};

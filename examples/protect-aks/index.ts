import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set clusterId /subscriptions/.../resourceGroups/rg-payroll/providers/Microsoft.ContainerService/managedClusters/aks-payroll
// pulumi config set snapshotResourceGroupId /subscriptions/.../resourceGroups/rg-snapshots
const config = new pulumi.Config();

// The vault is let into the cluster, and may read it and the group of the snapshots; the cluster may keep snapshots there. What the
// backup extension needs was granted when it was installed.
const cluster = new backup.ProtectedWorkload("payroll", {
  dataSource: "AzureKubernetesService",
  backupVault: {
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
  },
  backupPolicy: {
    policyName: "clusters-every-four-hours",
    schedule: { every: "PT4H", at: "02:00", timeZone: "W. Europe Standard Time" },
    retention: [{ keep: "P7D" }],
  },
  backupInstance: {
    instanceName: "aks-payroll",
    dataSourceId: config.require("clusterId"),
    snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
    backupConfiguration: {
      includedNamespaces: (config.get("namespaces") ?? "payroll,orders").split(","),
      snapshotVolumes: true,
      includeClusterScopeResources: true,
    },
    onDelete: "delete",
  },
});

export const vaultId = cluster.vaultId;
export const protectionState = cluster.protectionState;

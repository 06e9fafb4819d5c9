import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set diskId /subscriptions/.../resourceGroups/rg-payroll/providers/Microsoft.Compute/disks/disk-payroll
// pulumi config set snapshotResourceGroupId /subscriptions/.../resourceGroups/rg-snapshots
const config = new pulumi.Config();

const vault = new backup.BackupVault("payroll", {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
  identity: { type: "SystemAssigned" },
});

const daily = new backup.BackupPolicy("daily", {
  vault,
  policyName: "disks-daily",
  dataSource: "AzureDisk",
  schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
  retention: [{ keep: "P7D" }, { keep: "P12W", of: "FirstOfWeek" }],
});

// The vault's identity gets the roles that it needs on the disk and on the group of the snapshots. Without `onDelete`, a removal
// keeps the backups; try `pulumi up --config onDelete=stopProtectionRetainData` and then `pulumi destroy`.
const disk = new backup.BackupInstance("disk", {
  vault,
  instanceName: "disk-payroll",
  dataSource: "AzureDisk",
  dataSourceId: config.require("diskId"),
  policyId: daily.policyId,
  snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
  grantRoles: true,
  onDelete: (config.get("onDelete") ?? "delete") as "delete" | "stopProtectionRetainData",
});

export const vaultId = vault.vaultId;
export const protectionState = disk.protectionState;

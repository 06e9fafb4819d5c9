import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set diskId /subscriptions/.../resourceGroups/rg-payroll/providers/Microsoft.Compute/disks/disk-payroll
// pulumi config set snapshotResourceGroupId /subscriptions/.../resourceGroups/rg-snapshots
const config = new pulumi.Config();

// The vault's identity gets the roles that it needs on the disk and on the group of the snapshots. Without `onDelete`, a removal
// keeps the backups; try `pulumi up --config onDelete=stopProtectionRetainData` and then `pulumi destroy`.
const payroll = new backup.ProtectedWorkload("payroll", {
  dataSource: "AzureDisk",
  backupVault: {
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
  },
  backupPolicy: {
    policyName: "disks-daily",
    schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
    retention: [{ keep: "P7D" }, { keep: "P12W", of: "FirstOfWeek" }],
  },
  backupInstance: {
    instanceName: "disk-payroll",
    dataSourceId: config.require("diskId"),
    snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
    onDelete: (config.get("onDelete") ?? "delete") as "delete" | "stopProtectionRetainData",
  },
});

export const vaultId = payroll.vaultId;
export const protectionState = payroll.protectionState;

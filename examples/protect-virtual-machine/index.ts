import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set machineId /subscriptions/.../resourceGroups/rg-payroll/providers/Microsoft.Compute/virtualMachines/vm-payroll
const config = new pulumi.Config();

// Without `onDelete`, a removal keeps the backups; try `pulumi up --config onDelete=stopProtectionRetainData` and then `pulumi destroy`.
const machine = new backup.ProtectedWorkload("machine", {
  dataSource: "VM",
  recoveryServicesVault: {
    vaultName: "rsv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
  },
  recoveryServicesBackupPolicy: {
    policyName: "machines-hourly",
    policyType: "V2",
    schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H", timeZone: "W. Europe Standard Time" },
    retention: [{ keep: "P30D" }, { keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } }],
  },
  protectedItem: {
    sourceResourceId: config.require("machineId"),
    onDelete: (config.get("onDelete") ?? "delete") as "delete" | "stopProtectionRetainData",
  },
});

export const vaultId = machine.vaultId;
export const protectionState = machine.protectionState;

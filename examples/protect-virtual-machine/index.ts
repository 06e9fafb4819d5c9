import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set machineId /subscriptions/.../resourceGroups/rg-payroll/providers/Microsoft.Compute/virtualMachines/vm-payroll
const config = new pulumi.Config();

const vault = new backup.RecoveryServicesVault("vault", {
  vaultName: "rsv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
});

const policy = new backup.RecoveryServicesBackupPolicy("policy", {
  vault,
  policyName: "machines-hourly",
  dataSource: "VM",
  policyType: "V2",
  schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H", timeZone: "W. Europe Standard Time" },
  retention: [{ keep: "P30D" }, { keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } }],
});

// Without `onDelete`, a removal keeps the backups; try `pulumi up --config onDelete=stopProtectionRetainData` and then `pulumi destroy`.
const machine = new backup.ProtectedItem("machine", {
  vault,
  sourceResourceId: config.require("machineId"),
  policyId: policy.policyId,
  onDelete: (config.get("onDelete") ?? "delete") as "delete" | "stopProtectionRetainData",
});

export const vaultId = vault.vaultId;
export const protectionState = machine.protectionState;

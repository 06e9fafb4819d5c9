import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// Try a change with `pulumi preview --config immutability=Disabled`.
const config = new pulumi.Config();

const vault = new backup.BackupVault("payroll", {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: (config.get("redundancy") ?? "GeoRedundant") as backup.Redundancy,
  immutability: (config.get("immutability") ?? "Locked") as backup.Immutability,
  softDelete: {
    state: (config.get("softDelete") ?? "AlwaysOn") as backup.SoftDeleteState,
    retentionDurationInDays: config.getNumber("retentionDays") ?? 30,
  },
  tags: { owner: "payroll-team" },
});

export const vaultId = vault.vaultId;
export const secureScore = vault.secureScore;

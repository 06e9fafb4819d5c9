resource payroll "azure-backup:index:BackupVault" {
  vaultName = "bv-payroll"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
  redundancy = "GeoRedundant"
  immutability = "Locked"
  softDelete = {
    state = "AlwaysOn"
    retentionDurationInDays = 30
  }
}

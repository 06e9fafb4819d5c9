resource machines "azure-backup:index:RecoveryServicesVault" {
  vaultName = "rsv-machines"
  resourceGroupName = "rg-machines"
  location = "westeurope"
  redundancy = "GeoRedundant"
  immutability = "Unlocked"
  softDelete = {
    state = "AlwaysON"
    retentionDurationInDays = 30
  }
}

resource payroll "azure-backup:index:BackupVault" {
  vaultName = "bv-payroll"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
  redundancy = "GeoRedundant"
}

resource identity "azure-backup:index:IdentityAssignment" {
  vault = payroll.vaultId
  identity = "SystemAssigned"

  options {
    deletedWith = payroll
  }
}

output principalId {
  value = identity.principalId
}

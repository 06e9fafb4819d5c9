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

resource access "azure-backup:index:KeyAccess" {
  keyUri = "https://kv-payroll.vault.azure.net/keys/backup"
  principalId = identity.principalId

  options {
    deletedWith = payroll
  }
}

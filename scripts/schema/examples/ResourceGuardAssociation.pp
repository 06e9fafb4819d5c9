resource security "azure-backup:index:ResourceGuard" {
  resourceGuardName = "guard-westeurope"
  resourceGroupName = "rg-security"
  location = "westeurope"
}

resource guarded "azure-backup:index:BackupVault" {
  vaultName = "bv-guarded"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
  redundancy = "GeoRedundant"
}

resource association "azure-backup:index:ResourceGuardAssociation" {
  vault = guarded.vaultId
  resourceGuard = security.resourceGuardId
}

resource security "azure-backup:index:ResourceGuard" {
  resourceGuardName = "guard-westeurope"
  resourceGroupName = "rg-security"
  location = "westeurope"
}

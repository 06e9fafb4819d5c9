overview = invoke("azure-backup:index:getVaultOverview", {
  vaultId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll"
})

output location {
  value = overview.location
}

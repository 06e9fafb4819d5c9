resource invoices "azure-backup:index:ProtectedWorkload" {
  dataSource = "AzureDisk"
  backupVault = {
    vaultName = "bv-invoices"
    resourceGroupName = "rg-payroll"
    location = "westeurope"
    redundancy = "LocallyRedundant"
  }
  backupPolicy = {
    policyName = "disks-daily"
    schedule = {
      every = "P1D"
      at = "02:00"
      timeZone = "W. Europe Standard Time"
    }
    retention = [{ keep = "P7D" }]
  }
  backupInstance = {
    instanceName = "disk-invoices"
    dataSourceId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-payroll/providers/Microsoft.Compute/disks/disk-invoices"
    snapshotResourceGroupId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-snapshots"
    onDelete = "delete"
  }
}

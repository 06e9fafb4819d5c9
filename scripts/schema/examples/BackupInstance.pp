resource payroll "azure-backup:index:BackupVault" {
  vaultName = "bv-payroll"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
  redundancy = "GeoRedundant"
}

resource daily "azure-backup:index:BackupPolicy" {
  vault = payroll.vaultId
  policyName = "disks-daily"
  dataSource = "AzureDisk"
  schedule = {
    every = "P1D"
    at = "02:00"
    timeZone = "W. Europe Standard Time"
  }
  retention = [
    { keep = "P7D" },
    { keep = "P12W", of = "FirstOfWeek" }
  ]
}

resource disk "azure-backup:index:BackupInstance" {
  vault = payroll.vaultId
  instanceName = "disk-payroll"
  dataSource = "AzureDisk"
  dataSourceId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-payroll/providers/Microsoft.Compute/disks/disk-payroll"
  policyId = daily.policyId
  snapshotResourceGroupId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-snapshots"
  onDelete = "delete"
}

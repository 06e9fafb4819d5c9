resource disks "azure-backup:index:BackupVault" {
  vaultName = "bv-disks"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
  redundancy = "GeoRedundant"
  identity = {
    type = "SystemAssigned"
  }
}

resource daily "azure-backup:index:BackupPolicy" {
  vault = disks.vaultId
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
  vault = disks.vaultId
  instanceName = "disk-payroll"
  dataSource = "AzureDisk"
  dataSourceId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-payroll/providers/Microsoft.Compute/disks/disk-payroll"
  policyId = daily.policyId
  snapshotResourceGroupId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-snapshots"
  grantRoles = true
  onDelete = "delete"
}

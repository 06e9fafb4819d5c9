resource payroll "azure-backup:index:RecoveryServicesVault" {
  vaultName = "rsv-payroll"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
}

resource daily "azure-backup:index:RecoveryServicesBackupPolicy" {
  vault = payroll.vaultId
  policyName = "machines-daily"
  dataSource = "VM"
  policyType = "V2"
  schedule = {
    every = "P1D"
    at = "02:00"
    timeZone = "W. Europe Standard Time"
  }
  retention = [
    { keep = "P30D" },
    { keep = "P12M", of = { daysOfTheMonth = [1] } }
  ]
}

resource machines "azure-backup:index:RecoveryServicesVault" {
  vaultName = "rsv-machines"
  resourceGroupName = "rg-payroll"
  location = "westeurope"
}

resource machine "azure-backup:index:ProtectedItem" {
  vault = machines.vaultId
  sourceResourceId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-payroll/providers/Microsoft.Compute/virtualMachines/vm-payroll"
  policyId = "${machines.vaultId}/backupPolicies/EnhancedPolicy"
  onDelete = "delete"
}

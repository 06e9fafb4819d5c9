const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

/** Microsoft's pages on which the rules stand (checked 2026-11). */
export const sources = {
  cmk: page("encryption-at-rest-with-cmk-for-backup-vault"),
  manage: page("create-manage-backup-vault"),
  secureByDefault: page("secure-by-default"),
  softDelete: page("backup-azure-enhanced-soft-delete-about"),
  immutability: page("backup-azure-immutable-vault-concept"),
  multiUserAuthorization: page("multi-user-authorization-concept"),
  crossRegionRestoreOff: page("quick-secondary-region-restore-postgresql-powershell"),
  crossRegionRestore: page("tutorial-cross-region-restore"),
  keyDates: "https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#date-time-controlled-operations",
  vault: "https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update",
  vaultUpdate: "https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/update",
  specification:
    "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json",
} as const;

/** What others met and wrote down (checked 2026-11). */
export const reports = {
  azurermVault:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/dataprotection/data_protection_backup_vault_resource.go",
  azurermInfrastructureEncryption: "https://github.com/hashicorp/terraform-provider-azurerm/pull/31340",
  azurermSoftDelete:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/data_protection_backup_vault.html.markdown",
  neverSetImmutability: "https://github.com/azsk/AzTS-docs/issues/468",
} as const;

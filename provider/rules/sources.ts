const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

/** Microsoft's pages on which the rules stand (checked 2026-11). */
export const sources = {
  cmk: {
    BackupVault: page("encryption-at-rest-with-cmk-for-backup-vault"),
    RecoveryServicesVault: page("encryption-at-rest-with-cmk"),
  },
  manage: page("create-manage-backup-vault"),
  secureByDefault: page("secure-by-default"),
  softDelete: page("backup-azure-enhanced-soft-delete-about"),
  operationalSoftDelete: page("quick-backup-azure-enable-enhanced-soft-delete"),
  immutability: page("backup-azure-immutable-vault-concept"),
  // `ImmutabilityConfiguration`: "Required when type is TimeBased, omitted when AsPerPolicy", 30 to 36135.
  immutabilityConfiguration:
    "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/recoveryservices/resource-manager/Microsoft.RecoveryServices/RecoveryServices/models.tsp",
  multiUserAuthorization: page("multi-user-authorization-concept"),
  configureMultiUserAuthorization: page("multi-user-authorization"),
  crossRegionRestore: page("tutorial-cross-region-restore"),
  // What Azure answered to Microsoft's own tests of its command line.
  dataProtectionRecordings:
    "https://github.com/Azure/azure-cli-extensions/tree/main/src/dataprotection/azext_dataprotection/tests/latest/recordings",
  recoveryServicesRecordings:
    "https://github.com/Azure/azure-cli/tree/dev/src/azure-cli/azure/cli/command_modules/backup/tests/latest/recordings",
  moveResources:
    "https://learn.microsoft.com/azure/azure-resource-manager/management/move-resource-group-and-subscription",
  denyAssignments: "https://learn.microsoft.com/azure/role-based-access-control/deny-assignments",
  keyDates: "https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#date-time-controlled-operations",
  recoveryServicesCreate: page("backup-create-recovery-services-vault"),
  recoveryServicesDelete: page("backup-azure-delete-vault"),
  recoveryServicesVault: "https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update",
  recoveryServicesUpdate: "https://learn.microsoft.com/rest/api/recoveryservices/vaults/update",
  removePolicy:
    "https://learn.microsoft.com/powershell/module/az.recoveryservices/remove-azrecoveryservicesbackupprotectionpolicy",
  policyImpact: page("backup-architecture#impact-of-policy-change-on-recovery-points"),
  vaultedFileShares: "https://github.com/Azure/azure-powershell/pull/26367",
  policyUpdate: page("backup-azure-dataprotection-use-rest-api-create-update-disk-policy"),
  policyOfInstance: page("manage-azure-managed-disks"),
  stopProtection: page("manage-azure-managed-disks"),
  stopMachineProtection: page("backup-azure-manage-vms"),
  enhancedPolicy: page("backup-azure-vms-enhanced-policy"),
  changeVault: page("backup-azure-move-recovery-services-vault"),
  oneInstance: page("backup-azure-data-protection-use-rest-api-backup-postgresql"),
  deleteResourceGroup: "https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group",
  snapshotGroup: page("backup-azure-dataprotection-use-rest-api-backup-disks"),
  operationalBlobs: page("blob-backup-overview"),
  // "Ensure the storage accounts that need to be backed up have cross-tenant replication enabled."
  vaultedBlobs: page("blob-backup-configure-manage"),
  // "Object replication requires that the following Azure Storage features are also enabled": the change feed and blob versioning.
  objectReplication: "https://learn.microsoft.com/azure/storage/blobs/object-replication-overview",
  lifecycleDeletion: "https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-delete",
  blobLimitations: page("blob-backup-support-matrix"),
  // "Ensure that you allow the Storage account key access in the required storage account.", and the exception for trusted services.
  shareBackup: page("backup-azure-files"),
  shareSoftDelete: page("azure-file-share-backup-overview"),
  // "By default, the Backup vault won't have permission to access the disk to be backed up, create periodic snapshots, delete
  // snapshots after retention period, and to restore a disk from backup."
  backupRoles: page("disk-backup-faq"),
  clusterBackup: page("azure-kubernetes-service-cluster-backup"),
  clusterPrerequisites: page("azure-kubernetes-service-cluster-backup-concept"),
  selectiveDisks: page("selective-disk-backup-restore"),
  instantRestore: page("backup-instant-restore-capability"),
  denySettings:
    "https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-stacks#protect-managed-resources",
  locks: "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
  privateEndpoints: page("private-endpoints-overview"),
  siteRecovery: "https://learn.microsoft.com/azure/site-recovery/site-recovery-manage-registration-and-protection",
  infrastructureEncryption: "https://github.com/Azure/azure-cli/pull/18692",
  vault: "https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update",
  vaultUpdate: "https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/update",
  specification:
    "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json",
} as const;

/** What others met and wrote down (checked 2026-11). */
export const reports = {
  archiveStoreAlone: "https://github.com/hashicorp/terraform-provider-azurerm/issues/31962",
  azurermVault:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/dataprotection/data_protection_backup_vault_resource.go",
  azurermInfrastructureEncryption: "https://github.com/hashicorp/terraform-provider-azurerm/pull/31340",
  azurermSoftDelete:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/data_protection_backup_vault.html.markdown",
  azurermRecoveryServicesVault:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/recoveryservices/recovery_services_vault_resource.go",
  alwaysOnApiVersions: "https://github.com/hashicorp/terraform-provider-azurerm/pull/31877",
  alwaysOnOnly: "https://github.com/Azure/bicep-registry-modules/issues/7292",
  lockedAtCreate: "https://github.com/Azure/azure-rest-api-specs/issues/26598",
  immutabilityConfiguration: "https://github.com/microsoft/mcp/pull/3430",
  lockedConfiguration: "https://github.com/Azure/azure-rest-api-specs/pull/42428",
  systemIdentityAtCreate: "https://github.com/hashicorp/terraform-provider-azurerm/issues/27817",
  classicAlerts: "https://github.com/Azure/bicep-registry-modules/issues/5156",
  policyReplaced: "https://github.com/hashicorp/terraform-provider-azurerm/issues/20774",
  guardInUse: "https://github.com/microsoft/mcp/pull/3322",
  neverSetImmutability: "https://github.com/azsk/AzTS-docs/issues/468",
} as const;

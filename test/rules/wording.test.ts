import { rules, describe as wording } from "../../provider/rules/index.js";
import { examples } from "./examples.js";
import { verdictOf } from "./transitions.js";

/** What a user reads, once for each rule about Backup vaults. */
const texts: Record<string, string> = {
  "vault-name-invalid":
    'vault-name-invalid: Backup vault "payroll" cannot be created with vaultName pay_roll. A vault\'s name has 2 to 50 characters, which are letters, digits and hyphens. Choose a name such as payroll-backups. https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json',
  "vault-replaced":
    'vault-replaced: Backup vault "payroll" cannot be replaced to change location from westeurope to northeurope. An update cannot change a vault\'s location, so this vault is deleted and another one created, and it holds 1 backup instance: disk-1 (ProtectionConfigured). Leave this vault as it is, and add another one to the program for new backups. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/update',
  "datastore-type-changed":
    'datastore-type-changed: Backup vault "payroll" is to be replaced to change datastoreType from VaultStore to OperationalStore. An existing vault\'s datastore type is not known to be changeable. Keep the datastore type, or add another vault to the program. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/dataprotection/data_protection_backup_vault_resource.go',
  "datastore-snapshot-store":
    'datastore-snapshot-store: Backup vault "payroll" cannot be created with datastoreType SnapshotStore. A vault\'s datastore is ArchiveStore, OperationalStore or VaultStore. Use VaultStore; snapshots lie in OperationalStore. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "datastore-archive-store-alone":
    'datastore-archive-store-alone: Backup vault "payroll" cannot be created with datastoreType ArchiveStore. Azure rejects a vault whose only datastore is an ArchiveStore: it needs a VaultStore, too. Use VaultStore. To do it all the same, add "datastore-archive-store-alone" to accept. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/issues/31962',
  "redundancy-after-protection":
    'redundancy-after-protection: Backup vault "payroll" cannot change redundancy from LocallyRedundant to GeoRedundant. Storage redundancy cannot be changed once a vault has protected anything, and this one holds 1 backup instance: disk-1 (ProtectionConfigured). Keep the redundancy, and create another vault with the wanted one for new backups. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "crr-needs-geo":
    'crr-needs-geo: Backup vault "payroll" cannot change crossRegionRestore from Disabled to Enabled. Cross-region restore needs a vault whose redundancy is GeoRedundant. Set redundancy to GeoRedundant, or leave crossRegionRestore Disabled. https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore',
  "crr-after-protection":
    'crr-after-protection: Backup vault "payroll" cannot change crossRegionRestore from Enabled to Disabled (Azure\'s default). Azure does not turn cross-region restore off again, not even on an empty vault. Keep Enabled, or create another vault without it for new backups. https://github.com/Azure/azure-cli-extensions/tree/main/src/dataprotection/azext_dataprotection/tests/latest/recordings',
  "csr-permanently-disabled":
    'csr-permanently-disabled: Backup vault "payroll" cannot change crossSubscriptionRestore from PermanentlyDisabled to Enabled. Cross-subscription restore that is permanently disabled can never be enabled again. Keep PermanentlyDisabled, or create another vault for new backups. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "soft-delete-always-on":
    'soft-delete-always-on: Backup vault "payroll" cannot change softDelete.state from AlwaysOn to On. Soft delete that is always on can never be weakened again. Keep AlwaysOn; its retention can still be changed between 14 and 180 days. https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about',
  "soft-delete-off-by-api-version":
    'soft-delete-off-by-api-version: Backup vault "payroll" cannot change softDelete.state from On to Off. Azure no longer lets soft delete be turned off in its generally available regions, nor elsewhere by api-versions from 2025-09-01 on. Keep soft delete On, with the shortest retention of 14 days if deleted backups should go soon. https://learn.microsoft.com/azure/backup/secure-by-default',
  "soft-delete-not-always-on":
    'soft-delete-not-always-on: Backup vault "payroll" is to be created with softDelete.state On. It is written by 2025-07-01: from api-version 2025-09-01 on, Azure asks for soft delete that is AlwaysOn. Nothing has to be done. Set AlwaysOn where soft delete should stay on for good. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/pull/31877',
  "newer-api-version-needed":
    'newer-api-version-needed: Backup vault "payroll" cannot change costManagementGranularity from unset to VaultLevel. Azure has it from api-version 2026-06-01 on, and the vault is written by 2025-07-01, because newer ones ask for soft delete that is AlwaysOn. Set softDelete.state to AlwaysOn, which can never be weakened again, or leave costManagementGranularity out. https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json',
  "retention-out-of-range":
    'retention-out-of-range: Backup vault "payroll" cannot change softDelete.retentionDurationInDays from 14 to 181. Azure keeps deleted backups for 14 to 180 days. Set softDelete.retentionDurationInDays to a number from 14 to 180. https://learn.microsoft.com/azure/backup/secure-by-default',
  "retention-missing":
    'retention-missing: Backup vault "payroll" is to be created with softDelete.retentionDurationInDays 14 (Azure\'s default). Without a retention, Azure keeps deleted backups for 14 days. Set softDelete.retentionDurationInDays, so that the program says what the vault has. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/data_protection_backup_vault.html.markdown',
  "immutability-locked":
    'immutability-locked: Backup vault "payroll" cannot change immutability from Locked to Unlocked. A locked vault stays locked for good. Keep Locked, or create another vault for new backups. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "immutability-never-set-locked":
    'immutability-never-set-locked: Backup vault "payroll" is to be created with immutability Locked. Locking a vault whose immutability was never set was seen to fail. If Azure refuses it, set Disabled or Unlocked first, and Locked in the next update. Reported or inferred, not stated by Microsoft: https://github.com/azsk/AzTS-docs/issues/468',
  "one-way-change":
    'one-way-change: Backup vault "payroll" is to change immutability from Unlocked to Locked. There is no way back: a vault never leaves Locked again. Go on only if it shall stay so for the life of the vault. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "cmk-disabled":
    'cmk-disabled: Backup vault "payroll" cannot change encryption from Enabled to Disabled. A vault that a customer-managed key encrypts never returns to the platform\'s keys. Keep the encryption Enabled; its key and its identity can be changed, one at a time. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-removed":
    'cmk-removed: Backup vault "payroll" cannot change encryption from Enabled to unset. A vault that a customer-managed key encrypts never returns to the platform\'s keys. Keep encryption in the program, and the key in its key vault, as long as the vault exists. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-system-identity-at-create":
    'cmk-system-identity-at-create: Backup vault "payroll" cannot be created with encryption.identity SystemAssigned. While a vault is created, only a user-assigned identity can reach its key: the vault\'s own does not exist yet. Use a user-assigned identity, or create the vault without encryption and set its key in a later update, for which EncryptionSettings is there. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "infrastructure-encryption-fixed":
    'infrastructure-encryption-fixed: Backup vault "payroll" cannot change encryption.infrastructureEncryption from Disabled to Enabled. Infrastructure encryption is chosen when a vault is created, together with its customer-managed key. Keep it as it is, or create another vault with the wanted setting for new backups. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "infrastructure-encryption-needs-cmk":
    'infrastructure-encryption-needs-cmk: Backup vault "payroll" cannot be created with encryption.infrastructureEncryption Enabled. Infrastructure encryption comes only with a customer-managed key. Set encryption.keyUri and encryption.identity too, or leave infrastructureEncryption out. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-and-identity-together":
    'key-and-identity-together: Backup vault "payroll" cannot change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. Azure does not change a vault\'s key and a managed identity in one request, for security reasons. Make two updates: change one, run `pulumi up`, then change the other. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "old-key-unreachable":
    'old-key-unreachable: Backup vault "payroll" cannot change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. Azure needs the old key to take another one, and that key is disabled. Give the identity Get and Unwrap Key on the old key again and enable that key, then change the key. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "kek-identity-removed":
    "kek-identity-removed: Backup vault \"payroll\" cannot change identity from payroll-key to None. This identity reaches the vault's key: without it backup, restore, expiry and even the vault's deletion fail, while the cost goes on. Keep the identity on the vault, or first move the key to another identity in an update of its own. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault",
  "kek-identity-not-attached":
    'kek-identity-not-attached: Backup vault "payroll" cannot change encryption.identity from unset to payroll-key. The identity that shall reach the key is not on the vault. Add the identity to the vault first, inline or with IdentityAssignment. To do it all the same, add "kek-identity-not-attached" to accept. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "kek-identity-shape":
    'kek-identity-shape: Backup vault "payroll" cannot be created with encryption.identity UserAssigned. The key\'s identity is either SystemAssigned without an id or the id of a user-assigned identity. Set encryption.identity to SystemAssigned or to the ARM id of a user-assigned identity. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "instance-identity-removed":
    'instance-identity-removed: Backup vault "payroll" is to change identity from SystemAssigned to None. Backup instances reach their data source by it, and will not any more: disk-1. Let the backup instances use another identity first. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "cmk-key-missing":
    'cmk-key-missing: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. The key does not exist. Create the key vault and the key before the vault uses them, or correct encryption.keyUri. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-key-type":
    'cmk-key-type: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure takes keys of type RSA or RSA-HSM with 2048, 3072 or 4096 bits, and this one is EC. Create such a key and use its URI. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-key-unusable":
    'cmk-key-unusable: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. A vault needs a key that is enabled and not expired, and this one expired on 2023-11-14. Enable the key, or create a new version of it that is valid now. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-vault-soft-delete-off":
    'key-vault-soft-delete-off: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault has soft delete enabled. Enable soft delete on the key vault; it cannot be turned off again there. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-vault-purge-protection-off":
    'key-vault-purge-protection-off: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault or managed HSM has purge protection enabled. Enable purge protection where the key lies; it cannot be turned off again there. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-access-missing":
    'cmk-access-missing: Backup vault "payroll" cannot be created with encryption.identity payroll-key. The identity lacks Wrap Key and Unwrap Key on the key. Give the identity the role Key Vault Crypto Service Encryption User on the key, or Get, Wrap Key and Unwrap Key in an access policy; KeyAccess does it. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-user-identity-restricted-key-vault":
    'cmk-user-identity-restricted-key-vault: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. With a user-assigned identity, Azure cannot use a key whose key vault admits only certain networks. Open the key vault to all networks, or let the vault\'s system-assigned identity reach the key, after the vault is created. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-user-identity-private-endpoint":
    'cmk-user-identity-private-endpoint: Backup vault "payroll" is to be created with encryption.identity payroll-key. A vault whose key is reached by a user-assigned identity does not support private endpoints for Azure Backup, and nothing in the vault shows whether it has any. If the vault is to have private endpoints, use its system-assigned identity. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-operational-tier":
    'cmk-operational-tier: Backup vault "payroll" is to be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. The key encrypts the vault tier and the archive tier, and this vault has only the operational tier. Encrypt the snapshots where they lie, or do without the key. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "encryption-inconsistent":
    'encryption-inconsistent: Backup vault "payroll" is to change encryption from Inconsistent to Enabled. The last update of the vault\'s encryption failed inside Azure, which wants it tried again at once. Run the update of the encryption again now, with the same key and identity. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "move-while-cmk":
    'move-while-cmk: Backup vault "payroll" cannot be replaced to change resourceGroupName from backups to elsewhere. Azure does not move a vault with a customer-managed key to another resource group or subscription. Leave the vault where it is, and create another one there for new backups. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "update-while-moving":
    'update-while-moving: Backup vault "payroll" cannot be changed while its resourceMoveState is InProgress. Azure is moving the vault, and refuses every write meanwhile. Wait until the move has ended, then run it again. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "resource-guard-required":
    "resource-guard-required: Backup vault \"payroll\" cannot change immutability from Unlocked to Disabled. The vault's resource guard protects it against reduceImmutabilityState, and no request names that. Name the guard's request in resourceGuardOperationRequests, and have its owner allow it. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept",
  "delete-with-instances":
    'delete-with-instances: Backup vault "payroll" cannot be deleted. It holds 1 backup instance: disk-1 (ProtectionConfigured). Stop protection and delete the backup data of each instance, then delete the backup policies, then the vault; or keep the vault at Azure: set retainOnDelete: true on the resource, run pulumi up, and only then take it out of the program. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "delete-locked-with-data":
    'delete-locked-with-data: Backup vault "payroll" cannot be deleted. Its immutability is Locked, and recovery points that have not expired cannot be deleted: disk-1 (ProtectionConfigured). Stop protection, keep the vault until the recovery points have expired, and delete it then. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "delete-with-soft-deleted":
    'delete-with-soft-deleted: Backup vault "payroll" cannot be deleted. It holds 1 soft-deleted backup instance: disk-2 (SoftDeleted). Wait until their retention is over and Azure has purged them, then delete the backup policies and the vault. https://learn.microsoft.com/azure/backup/secure-by-default',
  "delete-with-policies":
    'delete-with-policies: Backup vault "payroll" is to be deleted. It has 2 backup policies, which go with it: daily and weekly. If Azure refuses it, delete the backup policies before the vault. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "delete-cmk-broken":
    'delete-cmk-broken: Backup vault "payroll" cannot be deleted. Azure needs the vault\'s key and identity to delete it, and that key does not exist. Recover the key, put the identity back on the vault and give it its rights again, then delete the vault. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-dependency-deleted-first":
    'cmk-dependency-deleted-first: Backup vault "payroll" is to be deleted. Azure needs its key, its identity and that identity\'s rights until the vault is gone. Let the vault depend on them in the program, so that it is deleted first, and keep them until it is gone. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "operational-backups-left":
    'operational-backups-left: Backup vault "payroll" is to be deleted. Operational backups stay behind: disk-2 (SoftDeleted). Delete the snapshots and the blobs\' point-in-time data by hand afterwards. https://learn.microsoft.com/azure/backup/secure-by-default',
};

test("every rule has an example and a text", () => {
  const codes = rules.filter(({ resource }) => resource === "BackupVault").map(({ code }) => code);
  expect(Object.keys(examples)).toEqual(codes);
  expect(Object.keys(texts)).toEqual(codes);
});

test.each(Object.entries(texts))("%s says what, why, what to do and where it stands", (code, text) => {
  const proposed = examples[code] ?? { after: undefined };
  expect(wording(verdictOf(code, proposed), "payroll")).toBe(text);
});

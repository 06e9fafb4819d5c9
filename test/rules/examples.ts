import { encrypted, goodKey, holdings, type ProposedChange, softDeleted, userAssigned, vault } from "./transitions.js";

const otherKey = "https://payroll.vault.azure.net/keys/second";
const rekeyed = { ...encrypted, encryption: { ...encrypted.encryption, keyUri: otherKey } };
const noKeyYet = { ...encrypted, encryption: undefined };
const keyVault = goodKey.keyVault.value;
const old = "2025-07-01";

/** For each rule, a transition in which one thing is wrong. */
export const examples: Record<string, ProposedChange> = {
  "vault-name-invalid": { after: { ...vault, vaultName: "pay_roll" } },
  "vault-replaced": { before: vault, after: { ...vault, location: "northeurope" }, facts: holdings.protected },
  "datastore-type-changed": {
    before: vault,
    after: { ...vault, datastoreType: "OperationalStore" },
    facts: holdings.empty,
  },
  "datastore-snapshot-store": { after: { ...vault, datastoreType: "SnapshotStore" } },
  "datastore-archive-store-alone": { after: { ...vault, datastoreType: "ArchiveStore" } },
  "redundancy-after-protection": {
    before: vault,
    after: { ...vault, redundancy: "GeoRedundant" },
    facts: holdings.protected,
  },
  "replicated-regions-removed": {
    before: { ...vault, replicatedRegions: ["westeurope", "northeurope"] },
    after: { ...vault, replicatedRegions: ["West Europe"] },
  },
  "crr-needs-geo": { before: vault, after: { ...vault, crossRegionRestore: "Enabled" } },
  "crr-after-protection": {
    before: { ...vault, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
    after: { ...vault, redundancy: "GeoRedundant", crossRegionRestore: undefined },
    facts: holdings["soft-deleted only"],
  },
  "csr-permanently-disabled": {
    before: { ...vault, crossSubscriptionRestore: "PermanentlyDisabled" },
    after: vault,
  },
  "soft-delete-always-on": {
    before: { ...vault, softDelete: { state: "AlwaysOn", retentionDurationInDays: 14 } },
    after: vault,
  },
  "soft-delete-off-by-api-version": {
    before: { ...vault, location: "eastasia" },
    after: { ...vault, location: "eastasia", softDelete: { state: "Off", retentionDurationInDays: 14 } },
  },
  "soft-delete-not-always-on": { after: vault, apiVersion: old },
  "newer-api-version-needed": {
    before: vault,
    after: { ...vault, costManagementGranularity: "VaultLevel" },
    apiVersion: old,
  },
  "retention-out-of-range": {
    before: vault,
    after: { ...vault, softDelete: { state: "On", retentionDurationInDays: 181 } },
  },
  "retention-missing": { after: { ...vault, softDelete: { state: "On" } } },
  "retention-shortened": {
    before: { ...vault, softDelete: { state: "AlwaysOn", retentionDurationInDays: 90 } },
    after: { ...vault, softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 } },
  },
  "immutability-locked": {
    before: { ...vault, immutability: "Locked" },
    after: { ...vault, immutability: "Unlocked" },
  },
  "immutability-never-set-locked": { after: { ...vault, immutability: "Locked" } },
  "immutability-disabled": {
    before: { ...vault, immutability: "Unlocked" },
    after: { ...vault, immutability: "Disabled" },
  },
  "one-way-change": { before: { ...vault, immutability: "Unlocked" }, after: { ...vault, immutability: "Locked" } },
  "cmk-disabled": {
    before: encrypted,
    after: { ...encrypted, encryption: { ...encrypted.encryption, state: "Disabled" } },
  },
  "cmk-removed": { before: encrypted, after: noKeyYet },
  "cmk-system-identity-at-create": {
    after: {
      ...vault,
      identity: { systemAssigned: true },
      encryption: { ...encrypted.encryption, identity: "SystemAssigned" },
    },
    facts: goodKey,
  },
  "infrastructure-encryption-fixed": {
    before: encrypted,
    after: { ...encrypted, encryption: { ...encrypted.encryption, infrastructureEncryption: "Enabled" } },
  },
  "infrastructure-encryption-needs-cmk": { after: { ...vault, encryption: { infrastructureEncryption: "Enabled" } } },
  "key-and-identity-together": {
    before: encrypted,
    after: {
      ...rekeyed,
      identity: { systemAssigned: true, userAssigned: [userAssigned] },
    },
    facts: goodKey,
  },
  "old-key-unreachable": {
    before: encrypted,
    after: rekeyed,
    facts: { ...goodKey, oldKey: { value: { ...goodKey.oldKey.value, enabled: false } } },
  },
  "kek-identity-removed": { before: encrypted, after: { ...encrypted, identity: undefined }, facts: holdings.empty },
  "kek-identity-not-attached": {
    before: vault,
    after: { ...vault, encryption: encrypted.encryption },
    facts: goodKey,
    when: "write",
  },
  "kek-identity-shape": {
    after: { ...encrypted, encryption: { ...encrypted.encryption, identity: "UserAssigned" } },
    facts: goodKey,
  },
  "instance-identity-removed": {
    before: { ...vault, identity: { systemAssigned: true } },
    after: vault,
    facts: holdings.protected,
  },
  "cmk-key-missing": { after: encrypted, facts: { ...goodKey, key: { value: "missing" } }, when: "write" },
  "cmk-key-type": { after: encrypted, facts: { ...goodKey, key: { value: { type: "EC", enabled: true } } } },
  "cmk-key-unusable": {
    after: encrypted,
    facts: { ...goodKey, key: { value: { ...goodKey.key.value, expires: 1_700_000_000 } } },
  },
  "key-vault-soft-delete-off": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, softDelete: false } } },
  },
  "key-vault-purge-protection-off": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, purgeProtection: false } } },
  },
  "cmk-access-missing": {
    after: encrypted,
    facts: { ...goodKey, access: { value: { get: "yes", wrap: "no", unwrap: "no", proven: true } } },
    when: "write",
  },
  "cmk-user-identity-restricted-key-vault": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, networkRestricted: true } } },
  },
  "cmk-user-identity-private-endpoint": { after: encrypted, facts: goodKey },
  "cmk-operational-tier": { after: { ...encrypted, datastoreType: "OperationalStore" }, facts: goodKey },
  "encryption-inconsistent": {
    before: { ...encrypted, encryption: { ...encrypted.encryption, state: "Inconsistent" } },
    after: encrypted,
    facts: goodKey,
  },
  "move-while-cmk": {
    before: encrypted,
    after: { ...encrypted, resourceGroupName: "elsewhere" },
    facts: { ...goodKey, ...holdings.protected, policies: { value: [] } },
  },
  "update-while-moving": {
    before: { ...vault, resourceMoveState: "InProgress" },
    after: { ...vault, immutability: "Unlocked" },
  },
  "resource-guard-required": {
    before: { ...vault, immutability: "Unlocked", isProtectedByResourceGuard: true },
    after: vault,
    facts: { guard: { value: { excludedOperations: [] } } },
  },
  "delete-with-instances": {
    before: vault,
    after: undefined,
    facts: { ...holdings.protected, policies: { value: [] } },
  },
  "delete-locked-with-data": {
    before: { ...vault, immutability: "Locked" },
    after: undefined,
    facts: { ...holdings.protected, policies: { value: [] } },
  },
  "delete-with-soft-deleted": {
    before: vault,
    after: undefined,
    apiVersion: old,
    facts: { protection: { value: [] }, deleted: { value: [softDeleted] }, policies: { value: [] } },
  },
  "delete-with-policies": {
    before: vault,
    after: undefined,
    facts: { ...holdings.empty, policies: { value: ["weekly", "daily"] } },
  },
  "delete-cmk-broken": {
    before: encrypted,
    after: undefined,
    facts: { ...goodKey, ...holdings.empty, policies: { value: [] }, oldKey: { value: "missing" } },
  },
  "cmk-dependency-deleted-first": {
    before: encrypted,
    after: undefined,
    facts: { ...goodKey, ...holdings.empty, policies: { value: [] } },
  },
  "operational-backups-left": {
    before: vault,
    after: undefined,
    facts: {
      protection: { value: [] },
      deleted: {
        value: [{ ...softDeleted, datasourceType: "Microsoft.Compute/disks", dataStoreTypes: ["OperationalStore"] }],
      },
      policies: { value: [] },
    },
  },
};

/** What a user reads, once for each rule about Backup vaults. */
export const texts: Record<string, string> = {
  "vault-name-invalid":
    'vault-name-invalid: Backup vault "payroll" cannot be created with vaultName pay_roll. A vault name must consist of 2 to 50 letters, digits and hyphens. Choose a name such as `payroll-backups`. https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json',
  "vault-replaced":
    'vault-replaced: Backup vault "payroll" cannot be replaced to change location from westeurope to northeurope. An update cannot change a vault\'s `location`, so this vault would be deleted and another one created, and it holds 1 backup instance: disk-1 (ProtectionConfigured). Keep this vault unchanged, and add another vault to the program for new backups. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/update',
  "datastore-type-changed":
    'datastore-type-changed: Backup vault "payroll" would be replaced to change datastoreType from VaultStore to OperationalStore. The datastore type of an existing vault is not known to be changeable. Keep `datastoreType`, or add another vault to the program. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/dataprotection/data_protection_backup_vault_resource.go',
  "datastore-snapshot-store":
    'datastore-snapshot-store: Backup vault "payroll" cannot be created with datastoreType SnapshotStore. A vault\'s datastore type is ArchiveStore, OperationalStore or VaultStore. Use VaultStore. Snapshots are kept in OperationalStore. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "datastore-archive-store-alone":
    'datastore-archive-store-alone: Backup vault "payroll" cannot be created with datastoreType ArchiveStore. Azure rejects a new vault whose only datastore is ArchiveStore; it needs VaultStore as well. Use VaultStore. To override, add "datastore-archive-store-alone" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/issues/31962',
  "redundancy-after-protection":
    'redundancy-after-protection: Backup vault "payroll" cannot change redundancy from LocallyRedundant to GeoRedundant. Storage redundancy cannot be changed once a vault has protected anything, and this vault holds 1 backup instance: disk-1 (ProtectionConfigured). Keep `redundancy`, and create another vault with the redundancy you need for new backups. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "replicated-regions-removed":
    'replicated-regions-removed: Backup vault "payroll" would change replicatedRegions from northeurope, westeurope to West Europe. Azure would no longer replicate the vault\'s backups to these regions. Keep the regions in `replicatedRegions` unless backups should no longer be replicated to them. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "crr-needs-geo":
    'crr-needs-geo: Backup vault "payroll" cannot change crossRegionRestore from Disabled to Enabled. Cross-region restore is available only for a vault whose `redundancy` is GeoRedundant. Set `redundancy` to GeoRedundant, or leave `crossRegionRestore` Disabled. https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore',
  "crr-after-protection":
    'crr-after-protection: Backup vault "payroll" cannot change crossRegionRestore from Enabled to Disabled (Azure\'s default). Azure does not allow cross-region restore to be turned off again, even on an empty vault. Keep `crossRegionRestore` Enabled, or create another vault without it for new backups. https://github.com/Azure/azure-cli-extensions/tree/main/src/dataprotection/azext_dataprotection/tests/latest/recordings',
  "csr-permanently-disabled":
    'csr-permanently-disabled: Backup vault "payroll" cannot change crossSubscriptionRestore from PermanentlyDisabled to Enabled. Once cross-subscription restore is permanently disabled, it can never be enabled again. Keep PermanentlyDisabled, or create another vault for new backups. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "soft-delete-always-on":
    'soft-delete-always-on: Backup vault "payroll" cannot change softDelete.state from AlwaysOn to On. Always-on soft delete is permanent. Keep AlwaysOn. `softDelete.retentionDurationInDays` can still be changed, from 14 to 180. https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about',
  "soft-delete-off-by-api-version":
    'soft-delete-off-by-api-version: Backup vault "payroll" cannot change softDelete.state from On to Off. Azure no longer allows soft delete to be turned off: from api-version 2025-09-01 in every region, and with older api-versions in the regions where secure by default is generally available. Keep soft delete On. To purge deleted backups as early as possible, set `softDelete.retentionDurationInDays` to 14, the shortest retention. https://learn.microsoft.com/azure/backup/secure-by-default',
  "soft-delete-not-always-on":
    'soft-delete-not-always-on: Backup vault "payroll" would be created with softDelete.state On. The vault is written with api-version 2025-07-01, because Azure requires soft delete to be AlwaysOn from api-version 2025-09-01. No action is needed. To keep soft delete on permanently, set `softDelete.state` to AlwaysOn. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/pull/31877',
  "newer-api-version-needed":
    'newer-api-version-needed: Backup vault "payroll" cannot change costManagementGranularity from unset to VaultLevel. Azure supports it from api-version 2026-06-01, but the vault is written with 2025-07-01, because newer api-versions require soft delete to be AlwaysOn. Set `softDelete.state` to AlwaysOn, which can never be weakened again, or remove `costManagementGranularity`. https://github.com/Azure/azure-rest-api-specs/blob/main/specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection/stable/2026-06-01/dataprotection.json',
  "retention-out-of-range":
    'retention-out-of-range: Backup vault "payroll" cannot change softDelete.retentionDurationInDays from 14 to 181. Azure keeps soft-deleted backups for 14 to 180 days. Set `softDelete.retentionDurationInDays` to a number from 14 to 180. https://learn.microsoft.com/azure/backup/secure-by-default',
  "retention-missing":
    'retention-missing: Backup vault "payroll" would be created with softDelete.retentionDurationInDays 14 (Azure\'s default). Without a retention, Azure keeps soft-deleted backups for 14 days. Set `softDelete.retentionDurationInDays` to state the retention in the program. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/data_protection_backup_vault.html.markdown',
  "retention-shortened":
    'retention-shortened: Backup vault "payroll" would change softDelete.retentionDurationInDays from 90 to 30. Backups that are deleted afterwards can be recovered for fewer days. Keep the retention unless deleted backups should be purged earlier. https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about',
  "immutability-locked":
    'immutability-locked: Backup vault "payroll" cannot change immutability from Locked to Unlocked. Locked immutability is permanent. Keep Locked, or create another vault for new backups. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "immutability-never-set-locked":
    'immutability-never-set-locked: Backup vault "payroll" would be created with immutability Locked. Locking a vault whose immutability was never set has been observed to fail. If Azure refuses it, set `immutability` to Disabled or Unlocked first, and to Locked in the next update. Reported or inferred, not stated by Microsoft: https://github.com/azsk/AzTS-docs/issues/468',
  "immutability-disabled":
    'immutability-disabled: Backup vault "payroll" would change immutability from Unlocked to Disabled. From then on, backups in the vault can be deleted and kept for less time, by a later run or by anyone with the permissions for it. Continue only if the vault\'s backups do not need this protection any more. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "one-way-change":
    'one-way-change: Backup vault "payroll" would change immutability from Unlocked to Locked. There is no way back: `immutability` stays Locked for the life of the vault. Continue only if this should be permanent. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "cmk-disabled":
    'cmk-disabled: Backup vault "payroll" cannot change encryption from Enabled to Disabled. A vault that is encrypted with a customer-managed key can never return to platform-managed keys. Keep the encryption Enabled. Its key and its identity can be changed, one at a time. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-removed":
    'cmk-removed: Backup vault "payroll" cannot change encryption from Enabled to unset. A vault that is encrypted with a customer-managed key can never return to platform-managed keys. Keep `encryption` in the program, and the key in its key vault, for as long as the vault exists. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-system-identity-at-create":
    'cmk-system-identity-at-create: Backup vault "payroll" cannot be created with encryption.identity SystemAssigned. While a vault is being created, only a user-assigned identity can access its key: the vault\'s system-assigned identity does not exist yet. Use a user-assigned identity, or create the vault without `encryption` and set its key in a later update with EncryptionSettings. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "infrastructure-encryption-fixed":
    'infrastructure-encryption-fixed: Backup vault "payroll" cannot change encryption.infrastructureEncryption from Disabled to Enabled. Infrastructure encryption can be chosen only when a vault is created, together with its customer-managed key. Keep the current setting, or create another vault with the setting you need for new backups. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "infrastructure-encryption-needs-cmk":
    'infrastructure-encryption-needs-cmk: Backup vault "payroll" cannot be created with encryption.infrastructureEncryption Enabled. Infrastructure encryption is available only with a customer-managed key. Set `encryption.keyUri` and `encryption.identity` too, or remove `encryption.infrastructureEncryption`. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-and-identity-together":
    'key-and-identity-together: Backup vault "payroll" cannot change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. For security reasons, Azure does not change a vault\'s key and a managed identity in one request. Make two updates: change one, run `pulumi up`, then change the other. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "old-key-unreachable":
    'old-key-unreachable: Backup vault "payroll" cannot change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. Azure needs the old key to switch to another one, and that key is disabled. Restore the identity\'s Get and Unwrap Key permissions on the old key, make sure that the old key is enabled, then change the key. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "kek-identity-removed":
    "kek-identity-removed: Backup vault \"payroll\" cannot change identity from payroll-key to None. This identity accesses the vault's key. Without it, backup, restore, expiry and even the vault's deletion fail, while costs continue. Keep the identity on the vault, or first switch the key to another identity in an update of its own. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault",
  "kek-identity-not-attached":
    'kek-identity-not-attached: Backup vault "payroll" cannot change encryption.identity from unset to payroll-key. The identity that should access the key is not on the vault. Add the identity to the vault first, inline or with IdentityAssignment. To override, add "kek-identity-not-attached" to `accept`. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "kek-identity-shape":
    'kek-identity-shape: Backup vault "payroll" cannot be created with encryption.identity UserAssigned. The key\'s identity must be either SystemAssigned, without an ID, or the ARM ID of a user-assigned identity. Set `encryption.identity` to SystemAssigned or to the ARM ID of a user-assigned identity. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "instance-identity-removed":
    'instance-identity-removed: Backup vault "payroll" would change identity from SystemAssigned to None. These backup instances access their data source with it and would lose that access: disk-1. Switch the backup instances to another identity first. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "cmk-key-missing":
    'cmk-key-missing: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. The key does not exist. Create the key vault and the key before the vault uses them, or correct `encryption.keyUri`. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-key-type":
    'cmk-key-type: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure accepts keys of type RSA or RSA-HSM with 2048, 3072 or 4096 bits; this key is EC. Create such a key, and set `encryption.keyUri` to its URI. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-key-unusable":
    'cmk-key-unusable: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. A vault needs a key that is enabled and not expired; this key expired on 2023-11-14. Enable the key, or create a new version of it that is valid now. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-vault-soft-delete-off":
    'key-vault-soft-delete-off: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault has soft delete enabled. Enable soft delete on the key vault. It cannot be disabled again. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "key-vault-purge-protection-off":
    'key-vault-purge-protection-off: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault or managed HSM has purge protection enabled. Enable purge protection on the key vault or managed HSM. It cannot be disabled again. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-access-missing":
    'cmk-access-missing: Backup vault "payroll" cannot be created with encryption.identity payroll-key. The identity lacks Wrap Key and Unwrap Key on the key. Use KeyAccess, or give the identity the role Key Vault Crypto Service Encryption User on the key, or Get, Wrap Key and Unwrap Key in an access policy. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-user-identity-restricted-key-vault":
    'cmk-user-identity-restricted-key-vault: Backup vault "payroll" cannot be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. With a user-assigned identity, Azure cannot use a key whose key vault allows access only from certain networks. Allow access to the key vault from all networks, or use the vault\'s system-assigned identity, after the vault is created. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-user-identity-private-endpoint":
    'cmk-user-identity-private-endpoint: Backup vault "payroll" would be created with encryption.identity payroll-key. A vault whose key is accessed with a user-assigned identity does not support private endpoints for Azure Backup, and Azure does not return whether this vault has any. If the vault needs private endpoints, use its system-assigned identity. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-operational-tier":
    'cmk-operational-tier: Backup vault "payroll" would be created with encryption.keyUri https://payroll.vault.azure.net/keys/first. The key encrypts the vault tier and the archive tier, and this vault has only the operational tier. Encrypt the snapshots where they are stored, or omit `encryption`. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "encryption-inconsistent":
    'encryption-inconsistent: Backup vault "payroll" would change encryption from Inconsistent to Enabled. The last update of the vault\'s encryption did not complete; Azure requires the same update to be retried. Run `pulumi up` again now, with the same key and identity. https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update',
  "move-while-cmk":
    'move-while-cmk: Backup vault "payroll" cannot be replaced to change resourceGroupName from backups to elsewhere. Azure does not move a vault with a customer-managed key to another resource group or subscription. Keep the vault where it is, and create another vault in the other resource group or subscription for new backups. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "update-while-moving":
    'update-while-moving: Backup vault "payroll" cannot be changed while its resourceMoveState is InProgress. Azure is moving the vault, and refuses every write until the move is complete. Wait until the move is complete, then run the command again. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "resource-guard-required":
    "resource-guard-required: Backup vault \"payroll\" cannot change immutability from Unlocked to Disabled. The vault's resource guard protects the operation reduceImmutabilityState, and the change includes no request for it. Add the guard's request, `{ARM ID of the guard}/{requests}/default`, to `resourceGuardOperationRequests`. Whoever runs the deployment needs the role Backup MUA Operator on the guard while it runs. Ask the guard's owner: in Privileged Identity Management, the owner makes the account eligible for this role on the guard. Activate it, have the activation approved, and run the deployment before it expires. A service principal cannot activate a role, so the owner assigns it for a limited time. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept",
  "delete-with-instances":
    'delete-with-instances: Backup vault "payroll" cannot be deleted. It holds 1 backup instance: disk-1 (ProtectionConfigured). Stop protection and delete the backup data of each instance, then delete the backup policies, then the vault. To keep the vault in Azure instead, set `retainOnDelete: true` on the resource, run `pulumi up`, and only then remove it from the program. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "delete-locked-with-data":
    'delete-locked-with-data: Backup vault "payroll" cannot be deleted. Its immutability is Locked, so recovery points that have not expired cannot be deleted. It holds disk-1 (ProtectionConfigured). Stop protection, keep the vault until the recovery points have expired, and delete it then. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "delete-with-soft-deleted":
    'delete-with-soft-deleted: Backup vault "payroll" cannot be deleted. It holds 1 soft-deleted backup instance: disk-2 (SoftDeleted). Wait until their retention has ended and Azure has purged them, then delete the backup policies and the vault. https://learn.microsoft.com/azure/backup/secure-by-default',
  "delete-with-policies":
    'delete-with-policies: Backup vault "payroll" would be deleted. It has 2 backup policies, which would be deleted with it: daily and weekly. If Azure refuses it, delete the backup policies before the vault. https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "delete-cmk-broken":
    'delete-cmk-broken: Backup vault "payroll" cannot be deleted. Azure needs the vault\'s key and identity to delete it, and that key does not exist. Recover the key, restore the identity on the vault and its permissions on the key, then delete the vault. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault',
  "cmk-dependency-deleted-first":
    "cmk-dependency-deleted-first: Backup vault \"payroll\" would be deleted. Azure needs the vault's key, its identity and that identity's permissions until the vault is deleted. Make the vault depend on them in the program, so that it is deleted first, and keep them until it is gone. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault",
  "operational-backups-left":
    'operational-backups-left: Backup vault "payroll" would be deleted. Operational backups are not deleted with the vault: disk-2 (SoftDeleted). Afterwards, delete the snapshots and the blobs\' point-in-time data yourself. https://learn.microsoft.com/azure/backup/secure-by-default',
};

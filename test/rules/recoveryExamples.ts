import { recovery, recoveryEncrypted, recoveryHoldings, recoveryKey, recoveryVault } from "./recoveryTransitions.js";
import { type ProposedChange, userAssigned } from "./transitions.js";

const otherIdentity = userAssigned.replace("payroll-key", "other-key");
const otherKey = "https://payroll.vault.azure.net/keys/second";
const keyVault = recoveryKey.keyVault.value;
const identified = { ...recoveryVault, identity: { userAssigned: [userAssigned] } };
const { empty, registered } = recoveryHoldings;
const oneItem = recoveryHoldings.protected;
const applied = { before: identified, after: recoveryEncrypted };
const withKey = { ...empty, ...recoveryKey };

/** For each rule about Recovery Services vaults, a transition in which one thing is wrong. */
export const recoveryExamples: Record<string, ProposedChange> = Object.fromEntries(
  Object.entries<ProposedChange>({
    "rsv-name-invalid": { after: { ...recoveryVault, vaultName: "1-payroll" } },
    "rsv-vault-replaced": {
      before: recoveryVault,
      after: { ...recoveryVault, location: "northeurope" },
      facts: recoveryHoldings["soft-deleted only"],
    },
    "rsv-redundancy-after-registration": {
      before: recoveryVault,
      after: { ...recoveryVault, redundancy: "GeoRedundant" },
      facts: registered,
    },
    "rsv-crr-needs-geo": { before: recoveryVault, after: { ...recoveryVault, crossRegionRestore: "Enabled" } },
    "rsv-crr-after-protection": {
      before: { ...recoveryVault, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
      after: { ...recoveryVault, redundancy: "GeoRedundant", crossRegionRestore: undefined },
      facts: oneItem,
    },
    "rsv-csr-permanently-disabled": {
      before: { ...recoveryVault, crossSubscriptionRestore: "PermanentlyDisabled" },
      after: recoveryVault,
    },
    "rsv-soft-delete-off": {
      before: recoveryVault,
      after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, state: "Disabled" } },
    },
    "rsv-soft-delete-not-always-on": {
      after: {
        ...recoveryVault,
        softDelete: { ...recoveryVault.softDelete, enhancedSecurityState: "Enabled" },
      },
    },
    "rsv-retention-out-of-range": {
      before: recoveryVault,
      after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, retentionDurationInDays: 181 } },
    },
    "rsv-retention-shortened": {
      before: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, retentionDurationInDays: 90 } },
      after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, retentionDurationInDays: 30 } },
    },
    "rsv-immutability-locked": {
      before: { ...recoveryVault, immutability: "Locked" },
      after: { ...recoveryVault, immutability: "Unlocked" },
    },
    "rsv-immutability-locked-at-create": { after: { ...recoveryVault, immutability: "Locked" } },
    "rsv-immutability-skips-unlocked": {
      before: recoveryVault,
      after: { ...recoveryVault, immutability: "Locked" },
    },
    "rsv-immutability-duration": {
      after: {
        ...recoveryVault,
        immutability: "Unlocked",
        immutabilityConfiguration: { type: "TimeBased", durationInDays: 29 },
      },
    },
    "rsv-immutability-configuration-unused": {
      after: { ...recoveryVault, immutabilityConfiguration: { type: "TimeBased", durationInDays: 30 } },
    },
    "rsv-immutability-configuration-locked": {
      before: {
        ...recoveryVault,
        immutability: "Locked",
        immutabilityConfiguration: { type: "TimeBased", durationInDays: 60 },
      },
      after: {
        ...recoveryVault,
        immutability: "Locked",
        immutabilityConfiguration: { type: "TimeBased", durationInDays: 30 },
      },
    },
    "rsv-immutability-disabled": {
      before: { ...recoveryVault, immutability: "Unlocked" },
      after: { ...recoveryVault, immutability: "Disabled" },
    },
    "rsv-one-way-change": {
      before: { ...recoveryVault, immutability: "Unlocked" },
      after: { ...recoveryVault, immutability: "Locked" },
    },
    "rsv-cmk-after-registration": { ...applied, facts: { ...recoveryKey, ...registered } },
    "rsv-cmk-removed": { before: recoveryEncrypted, after: identified },
    "rsv-cmk-system-identity-at-create": {
      after: {
        ...recoveryVault,
        identity: { systemAssigned: true },
        encryption: { ...recoveryEncrypted.encryption, identity: "SystemAssigned" },
      },
      facts: withKey,
      multiRequestWrites: true,
    },
    "rsv-infrastructure-encryption-fixed": {
      before: recoveryEncrypted,
      after: {
        ...recoveryEncrypted,
        encryption: { ...recoveryEncrypted.encryption, infrastructureEncryption: "Enabled" },
      },
    },
    "rsv-kek-identity-removed": { before: recoveryEncrypted, after: { ...recoveryEncrypted, identity: undefined } },
    "rsv-kek-identity-shape": {
      before: identified,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, identity: otherIdentity } },
      facts: withKey,
      when: "write",
    },
    "rsv-identity-narrowed": { before: identified, after: recoveryVault },
    "rsv-user-identity-at-create": { after: identified },
    "rsv-cmk-key-missing": { ...applied, facts: { ...withKey, key: { value: "missing" } }, when: "write" },
    "rsv-cmk-key-type": { ...applied, facts: { ...withKey, key: { value: { type: "EC", enabled: true } } } },
    "rsv-cmk-key-unusable": {
      ...applied,
      facts: { ...withKey, key: { value: { ...recoveryKey.key.value, enabled: false } } },
    },
    "rsv-cmk-key-vault-region": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, location: "North Europe" } } },
    },
    "rsv-key-vault-soft-delete-off": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, softDelete: false } } },
    },
    "rsv-key-vault-purge-protection-off": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, purgeProtection: false } } },
    },
    "rsv-cmk-access-missing": {
      ...applied,
      facts: { ...withKey, access: { value: { get: "yes", wrap: "no", unwrap: "no", proven: true } } },
      when: "write",
    },
    "rsv-old-key-unreachable": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, keyUri: otherKey } },
      facts: { ...withKey, oldKey: { value: { ...recoveryKey.key.value, enabled: false } } },
    },
    "rsv-cmk-user-identity-restricted-key-vault": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, networkRestricted: true } } },
    },
    "rsv-cmk-user-identity-private-endpoint": {
      before: { ...identified, privateEndpoints: ["to-hub"] },
      after: recoveryEncrypted,
      facts: withKey,
    },
    "rsv-cmk-unsupported-workload": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, keyUri: otherKey } },
      facts: { ...withKey, containers: { value: [{ name: "server-1", managementType: "MAB" }] } },
    },
    "rsv-cmk-with-crr": {
      before: { ...recoveryEncrypted, redundancy: "GeoRedundant" },
      after: { ...recoveryEncrypted, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
    },
    "rsv-classic-alerts": {
      after: { ...recoveryVault, classicAlerts: { alertsForCriticalOperations: "Enabled" } },
    },
    "rsv-move-while-cmk": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, resourceGroupName: "elsewhere" },
      facts: { ...recoveryKey, ...oneItem },
    },
    "rsv-update-while-moving": {
      before: { ...recoveryVault, resourceMoveState: "InProgress" },
      after: { ...recoveryVault, immutability: "Unlocked" },
    },
    "rsv-resource-guard-required": {
      before: { ...recoveryVault, immutability: "Unlocked", isProtectedByResourceGuard: true },
      after: recoveryVault,
      facts: { guard: { value: { excludedOperations: [] } } },
    },
    "rsv-delete-not-empty": {
      before: { ...recoveryVault, privateEndpoints: ["to-hub"] },
      after: undefined,
      facts: { ...oneItem, ...{ containers: registered.containers } },
    },
    "rsv-delete-locked-with-data": {
      before: { ...recoveryVault, immutability: "Locked" },
      after: undefined,
      facts: oneItem,
    },
  }).map(([code, proposed]) => [code, recovery(proposed)]),
);

/** What a user reads, once for each rule about Recovery Services vaults. */
export const recoveryTexts: Record<string, string> = {
  "rsv-name-invalid":
    'rsv-name-invalid: Recovery Services vault "payroll" cannot be created with vaultName 1-payroll. A vault name must start with a letter and have 2 to 50 letters, digits and hyphens. Choose a name such as `payroll-backups`. To override, add "rsv-name-invalid" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/recoveryservices/recovery_services_vault_resource.go',
  "rsv-vault-replaced":
    'rsv-vault-replaced: Recovery Services vault "payroll" cannot be replaced to change location from westeurope to northeurope. An update cannot change a vault\'s `location`, so this vault would be deleted and another one created, and it holds 1 soft-deleted item: vm-2 (ProtectionStopped). Keep this vault unchanged, and add another vault to the program for new backups. https://learn.microsoft.com/rest/api/recoveryservices/vaults/update',
  "rsv-redundancy-after-registration":
    'rsv-redundancy-after-registration: Recovery Services vault "payroll" cannot change redundancy from LocallyRedundant to GeoRedundant. Storage redundancy is locked when the first machine is registered with a vault. Keep `redundancy`, and create another vault with the redundancy you need for new backups. https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault',
  "rsv-crr-needs-geo":
    'rsv-crr-needs-geo: Recovery Services vault "payroll" cannot change crossRegionRestore from Disabled to Enabled. Cross-region restore is available only for a vault whose `redundancy` is GeoRedundant. Set `redundancy` to GeoRedundant, or leave `crossRegionRestore` Disabled. https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault',
  "rsv-crr-after-protection":
    'rsv-crr-after-protection: Recovery Services vault "payroll" cannot change crossRegionRestore from Enabled to Disabled (Azure\'s default). Cross-region restore cannot be disabled after protection has started for the first time, and this vault holds 1 protected item: vm-1 (Protected). Keep `crossRegionRestore` Enabled, or create another vault without it for new backups. https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault',
  "rsv-csr-permanently-disabled":
    'rsv-csr-permanently-disabled: Recovery Services vault "payroll" cannot change crossSubscriptionRestore from PermanentlyDisabled to Enabled. Once cross-subscription restore is permanently disabled, it can never be enabled again. Keep PermanentlyDisabled, or create another vault for new backups. To override, add "rsv-csr-permanently-disabled" to `accept`. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/create-manage-backup-vault',
  "rsv-soft-delete-off":
    'rsv-soft-delete-off: Recovery Services vault "payroll" cannot change softDelete.state from AlwaysON to Disabled. Azure no longer allows a vault\'s soft delete or enhanced security to be disabled. Set AlwaysON. To purge deleted backups as early as possible, set `softDelete.retentionDurationInDays` to 14, the shortest retention. https://learn.microsoft.com/azure/backup/secure-by-default',
  "rsv-soft-delete-not-always-on":
    'rsv-soft-delete-not-always-on: Recovery Services vault "payroll" cannot be created with softDelete.enhancedSecurityState Enabled. Azure requires a vault\'s soft delete and enhanced security to be AlwaysON. Set AlwaysON, or remove `softDelete`. To override, add "rsv-soft-delete-not-always-on" to `accept`. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/secure-by-default',
  "rsv-retention-out-of-range":
    'rsv-retention-out-of-range: Recovery Services vault "payroll" cannot change softDelete.retentionDurationInDays from 14 to 181. Azure keeps soft-deleted backups for 14 to 180 days. Set `softDelete.retentionDurationInDays` to a number from 14 to 180. https://learn.microsoft.com/azure/backup/secure-by-default',
  "rsv-retention-shortened":
    'rsv-retention-shortened: Recovery Services vault "payroll" would change softDelete.retentionDurationInDays from 90 to 30. Backups that are deleted afterwards can be recovered for fewer days. Keep the retention unless deleted backups should be purged earlier. https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about',
  "rsv-immutability-locked":
    'rsv-immutability-locked: Recovery Services vault "payroll" cannot change immutability from Locked to Unlocked. Locked immutability is permanent. Keep Locked, or create another vault for new backups. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "rsv-immutability-locked-at-create":
    'rsv-immutability-locked-at-create: Recovery Services vault "payroll" cannot be created with immutability Locked. Azure has been observed to refuse a new vault that is created Locked. Create the vault Unlocked, and lock it in a later update. To override, add "rsv-immutability-locked-at-create" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/Azure/azure-rest-api-specs/issues/26598',
  "rsv-immutability-skips-unlocked":
    'rsv-immutability-skips-unlocked: Recovery Services vault "payroll" cannot change immutability from Disabled to Locked. Azure has been observed to lock only a vault that is Unlocked. Set Unlocked first, and Locked in the next update. To override, add "rsv-immutability-skips-unlocked" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/recoveryservices/recovery_services_vault_resource.go',
  "rsv-immutability-duration":
    'rsv-immutability-duration: Recovery Services vault "payroll" cannot be created with immutabilityConfiguration.durationInDays 29. TimeBased immutability lasts 30 to 36135 days. Set `immutabilityConfiguration.durationInDays` to a number from 30 to 36135. https://github.com/Azure/azure-rest-api-specs/blob/main/specification/recoveryservices/resource-manager/Microsoft.RecoveryServices/RecoveryServices/models.tsp',
  "rsv-immutability-configuration-unused":
    'rsv-immutability-configuration-unused: Recovery Services vault "payroll" cannot be created with immutabilityConfiguration TimeBased of 30 days. Only an immutable vault has a configuration of its immutability, and Microsoft\'s own client sends none for another one. Set `immutability` to Unlocked, or remove `immutabilityConfiguration`. To override, add "rsv-immutability-configuration-unused" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/microsoft/mcp/pull/3430',
  "rsv-immutability-configuration-locked":
    'rsv-immutability-configuration-locked: Recovery Services vault "payroll" cannot change immutabilityConfiguration from TimeBased of 60 days to TimeBased of 30 days. A locked vault\'s immutability cannot be reduced, neither to fewer days nor from TimeBased to AsPerPolicy. Keep `immutabilityConfiguration` as the vault has it. To override, add "rsv-immutability-configuration-locked" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/Azure/azure-rest-api-specs/pull/42428',
  "rsv-immutability-disabled":
    'rsv-immutability-disabled: Recovery Services vault "payroll" would change immutability from Unlocked to Disabled. From then on, backups in the vault can be deleted and kept for less time, by a later run or by anyone with the permissions for it. Continue only if the vault\'s backups do not need this protection any more. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "rsv-one-way-change":
    'rsv-one-way-change: Recovery Services vault "payroll" would change immutability from Unlocked to Locked. There is no way back: `immutability` stays Locked for the life of the vault. Continue only if this should be permanent. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  "rsv-cmk-after-registration":
    'rsv-cmk-after-registration: Recovery Services vault "payroll" cannot change encryption from unset to Enabled. A vault accepts a customer-managed key only before anything is registered with it, and this vault has 1 registered container: files. Create another vault for new backups, and set its key before anything is registered with it. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-removed":
    'rsv-cmk-removed: Recovery Services vault "payroll" cannot change encryption from Enabled to unset. A vault that is encrypted with a customer-managed key can never return to platform-managed keys. Keep `encryption` in the program, and the key in its key vault, for as long as the vault exists. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-system-identity-at-create":
    'rsv-cmk-system-identity-at-create: Recovery Services vault "payroll" cannot be created with encryption.identity SystemAssigned. While a vault is being created, only a user-assigned identity can access its key: the vault\'s system-assigned identity does not exist yet. Use a user-assigned identity, or create the vault without `encryption` and set its key in a later update with EncryptionSettings. To override, add "rsv-cmk-system-identity-at-create" to `accept`. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/issues/27817',
  "rsv-infrastructure-encryption-fixed":
    'rsv-infrastructure-encryption-fixed: Recovery Services vault "payroll" cannot change encryption.infrastructureEncryption from Disabled to Enabled. Infrastructure encryption is chosen together with a vault\'s first customer-managed key, and cannot be changed afterwards. Keep the current setting, or create another vault with the setting you need for new backups. https://github.com/Azure/azure-cli/pull/18692',
  "rsv-kek-identity-removed":
    "rsv-kek-identity-removed: Recovery Services vault \"payroll\" cannot change identity from payroll-key to None. This identity accesses the vault's key. Without it, backup, restore, expiry and even the vault's deletion fail, while costs continue. Keep the identity on the vault, or first switch the key to another identity in an update of its own. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk",
  "rsv-kek-identity-shape":
    'rsv-kek-identity-shape: Recovery Services vault "payroll" cannot change encryption.identity from unset to other-key. The identity that should access the key is not on the vault. Add the identity to the vault first. To override, add "rsv-kek-identity-shape" to `accept`. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-identity-narrowed":
    'rsv-identity-narrowed: Recovery Services vault "payroll" would change identity from payroll-key to None. Azure accepts this, but the vault loses access to everything that it reaches with the identity. Keep the identity if anything that the vault backs up or encrypts needs it. https://github.com/Azure/azure-cli/tree/dev/src/azure-cli/azure/cli/command_modules/backup/tests/latest/recordings',
  "rsv-user-identity-at-create":
    'rsv-user-identity-at-create: Recovery Services vault "payroll" would be created with identity payroll-key. Creating a vault with a user-assigned identity has been observed to end in an operation that Azure can no longer find. Create the vault without the identity, and add it in an update. Reported or inferred, not stated by Microsoft: https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/recoveryservices/recovery_services_vault_resource.go',
  "rsv-cmk-key-missing":
    'rsv-cmk-key-missing: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. The key does not exist. Create the key vault and the key before the vault uses them, or correct `encryption.keyUri`. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-key-type":
    'rsv-cmk-key-type: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with an RSA key; this key is EC. Create an RSA key of 2048 bits, and set `encryption.keyUri` to its URI. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-key-unusable":
    'rsv-cmk-key-unusable: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. A vault needs a key that is enabled and not expired; this key is disabled. Enable the key, or create a new version of it that is valid now. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-key-vault-region":
    "rsv-cmk-key-vault-region: Recovery Services vault \"payroll\" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. The key vault is in North Europe and the vault in westeurope; Azure requires the same region. Create a key vault and a key in the vault's region, and set `encryption.keyUri` to that key's URI. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk",
  "rsv-key-vault-soft-delete-off":
    'rsv-key-vault-soft-delete-off: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault has soft delete enabled. Enable soft delete on the key vault. It cannot be disabled again. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-key-vault-purge-protection-off":
    'rsv-key-vault-purge-protection-off: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. Azure encrypts a vault only with a key whose key vault or managed HSM has purge protection enabled. Enable purge protection on the key vault or managed HSM. It cannot be disabled again. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-access-missing":
    'rsv-cmk-access-missing: Recovery Services vault "payroll" cannot change encryption.identity from unset to payroll-key. The identity lacks Wrap Key and Unwrap Key on the key. Use KeyAccess, or give the identity the role Key Vault Crypto Service Encryption User on the key, or Get, Wrap Key and Unwrap Key in an access policy. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-old-key-unreachable":
    'rsv-old-key-unreachable: Recovery Services vault "payroll" cannot change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. Azure needs the old key to switch to another one, and that key is disabled. Restore the identity\'s Get and Unwrap Key permissions on the old key, make sure that the old key is enabled, then change the key. To override, add "rsv-old-key-unreachable" to `accept`. Reported or inferred, not stated by Microsoft: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-user-identity-restricted-key-vault":
    'rsv-cmk-user-identity-restricted-key-vault: Recovery Services vault "payroll" cannot change encryption.keyUri from unset to https://payroll.vault.azure.net/keys/first. With a user-assigned identity, Azure cannot use a key whose key vault allows access only from certain networks. Allow access to the key vault from all networks, or use the vault\'s system-assigned identity, after the vault is created. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-user-identity-private-endpoint":
    'rsv-cmk-user-identity-private-endpoint: Recovery Services vault "payroll" cannot change encryption.identity from unset to payroll-key. A user-assigned identity cannot access the key of a vault with private endpoints, and this vault has to-hub. Use the vault\'s system-assigned identity to access the key. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-unsupported-workload":
    'rsv-cmk-unsupported-workload: Recovery Services vault "payroll" would change encryption.keyUri from https://payroll.vault.azure.net/keys/first to https://payroll.vault.azure.net/keys/second. Azure does not support the key for the MARS agent and classic virtual machines, and the vault has server-1. Back these up in a vault without a customer-managed key. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-cmk-with-crr":
    'rsv-cmk-with-crr: Recovery Services vault "payroll" would change crossRegionRestore from Disabled to Enabled. Microsoft\'s page says that a customer-managed key and cross-region restore cannot be combined; others report that they now can. If Azure refuses it, choose one of the two. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-classic-alerts":
    'rsv-classic-alerts: Recovery Services vault "payroll" would be created with classicAlerts.alertsForCriticalOperations Enabled. Azure has been observed to reject a vault\'s monitoring settings because of its classic alerts. If Azure refuses it, remove `classicAlerts` and use Azure Monitor alerts. Reported or inferred, not stated by Microsoft: https://github.com/Azure/bicep-registry-modules/issues/5156',
  "rsv-move-while-cmk":
    'rsv-move-while-cmk: Recovery Services vault "payroll" cannot be replaced to change resourceGroupName from backups to elsewhere. Azure does not move a vault with a customer-managed key to another resource group or subscription. Keep the vault where it is, and create another vault in the other resource group or subscription for new backups. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk',
  "rsv-update-while-moving":
    'rsv-update-while-moving: Recovery Services vault "payroll" cannot be changed while its moveState is InProgress. Azure is moving the vault, and refuses every write until the move is complete. Wait until the move is complete, then run the command again. https://learn.microsoft.com/azure/azure-resource-manager/management/move-resource-group-and-subscription',
  "rsv-resource-guard-required":
    "rsv-resource-guard-required: Recovery Services vault \"payroll\" cannot change immutability from Unlocked to Disabled. The vault's resource guard protects the operation reduceImmutabilityState, and the change includes no request for it. Add the guard's request, `{ARM ID of the guard}/{requests}/default`, to `resourceGuardOperationRequests`. Whoever runs the deployment needs the role Backup MUA Operator on the guard while it runs. Ask the guard's owner: in Privileged Identity Management, the owner makes the account eligible for this role on the guard. Activate it, have the activation approved, and run the deployment before it expires. A service principal cannot activate a role, so the owner assigns it for a limited time. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept",
  "rsv-delete-not-empty":
    'rsv-delete-not-empty: Recovery Services vault "payroll" cannot be deleted. It has 1 protected item: vm-1 (Protected); 1 registered container: files; 1 private endpoint connection: to-hub. Stop protection and delete the backup data of each item, unregister the storage accounts and servers, disable replication, delete the private endpoint connections, and then delete the vault. To keep the vault in Azure instead, set `retainOnDelete: true` on the resource, run `pulumi up`, and only then remove it from the program. https://learn.microsoft.com/azure/backup/backup-azure-delete-vault',
  "rsv-delete-locked-with-data":
    'rsv-delete-locked-with-data: Recovery Services vault "payroll" cannot be deleted. Its immutability is Locked, so recovery points that have not expired cannot be deleted. It holds 1 protected item: vm-1 (Protected). Stop protection, keep the vault until the recovery points have expired, and delete it then. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
};

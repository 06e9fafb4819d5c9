/**
 * What a resource guard can guard: the operation's name, and the collection whose `default` is asked for. Mandatory
 * ones cannot be excluded. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept, the
 * specification's examples of resource guards, and the help of Az.DataProtection. An operation is left out whose
 * collection is in none of them.
 */
export const guardedOperations: readonly { operation: string; requests: string; mandatory?: true }[] = [
  {
    operation: "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/delete",
    requests: "deleteResourceGuardProxyRequests",
    mandatory: true,
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity",
    requests: "dppReduceSoftDeleteSecurityRequests",
    mandatory: true,
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState",
    requests: "dppReduceImmutabilityStateRequests",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings",
    requests: "dppModifyEncryptionSettingsRequests",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
    requests: "deleteBackupInstanceRequests",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
    requests: "dppDisableStopProtectionRequests",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/backupInstances/suspendBackups/action",
    requests: "dppDisableSuspendBackupsRequests",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/backupInstances/restore/action",
    requests: "dppTriggerRestoreRequests",
  },
  {
    operation: "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete",
    requests: "deleteResourceGuardProxyRequests",
    mandatory: true,
  },
  {
    operation: "Microsoft.RecoveryServices/vaults/backupconfig/write",
    requests: "disableSoftDeleteRequests",
    mandatory: true,
  },
  { operation: "Microsoft.RecoveryServices/vaults/backupSecurityPIN/action", requests: "getBackupSecurityPINRequests" },
  { operation: "Microsoft.RecoveryServices/vaults/backupPolicies/write", requests: "updateProtectionPolicyRequests" },
  {
    operation: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write",
    requests: "updateProtectedItemRequests",
  },
  {
    operation: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
    requests: "deleteProtectedItemRequests",
  },
  {
    operation: "Microsoft.RecoveryServices/vaults/write#modifyEncryptionSettings",
    requests: "modifyEncryptionSettings",
  },
];

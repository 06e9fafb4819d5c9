/**
 * What a resource guard can guard: the operation's name, and the collection whose `default` is asked for. Mandatory
 * ones cannot be excluded. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
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
];

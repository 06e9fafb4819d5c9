/**
 * An operation that a resource guard can guard, and the collection whose `default` has to be asked for. What is
 * mandatory cannot be excluded; what is unlisted is shown by no guard.
 */
type GuardedOperation = [operation: string, requests: string, note?: "mandatory" | "unlisted"];

type VaultType = "Microsoft.RecoveryServices/vaults" | "Microsoft.DataProtection/backupVaults";

/**
 * What a resource guard guards, in the order in which guards list it. Recorded of azure-cli-extensions:
 * test_dataprotection_resource_guard_mapping (2025-11). Which are mandatory:
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */
const operations: Record<VaultType, readonly GuardedOperation[]> = {
  "Microsoft.RecoveryServices/vaults": [
    ["backupFabrics/protectionContainers/protectedItems/delete", "deleteProtectedItemRequests"],
    ["backupFabrics/protectionContainers/protectedItems/write", "updateProtectedItemRequests"],
    ["backupPolicies/write", "updateProtectionPolicyRequests"],
    ["backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests", "mandatory"],
    ["backupSecurityPIN/action", "getBackupSecurityPINRequests"],
    ["backupconfig/write", "disableSoftDeleteRequests", "mandatory"],
    [
      "backupFabrics/protectionContainers/protectedItems/write#stopProtectionWithRetainData",
      "stopProtectionWithRetainDataRequests",
    ],
    ["write#reduceImmutabilityState", "reduceImmutabilityStateRequests"],
    ["backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action", "triggerRestoreRequests"],
    ["registeredIdentities/delete", "deleteMABIdentityRequests"],
    // Only the specification's example PUTVault_ResourceGuardEnabled has it.
    ["write#modifyEncryptionSettings", "modifyEncryptionSettings", "unlisted"],
  ],
  "Microsoft.DataProtection/backupVaults": [
    ["backupInstances/delete", "deleteBackupInstanceRequests"],
    ["backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests", "mandatory"],
    ["write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
    ["write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests", "mandatory"],
    ["write#modifyEncryptionSettings", "dppModifyEncryptionSettingsRequests"],
    ["backupInstances/stopProtection/action", "dppDisableStopProtectionRequests"],
    ["backupInstances/suspendBackups/action", "dppDisableSuspendBackupsRequests"],
    ["backupInstances/write", "dppModifyPolicy"],
    ["backupInstances/restore/action", "dppTriggerRestoreRequests"],
  ],
};

interface Guarded {
  vaultType: VaultType;
  operation: string;
  requests: string;
  isMandatory: boolean;
  isListed: boolean;
}

export const guardedOperations: readonly Guarded[] = (Object.keys(operations) as VaultType[]).flatMap((vaultType) =>
  operations[vaultType].map(([name, requests, note]) => ({
    vaultType,
    operation: `${vaultType}/${name}`,
    requests,
    isMandatory: note === "mandatory",
    isListed: note !== "unlisted",
  })),
);

/** What a guard with these exclusions shows as guarded, of both kinds of vaults or of one. */
export function listedOperations(excluded: readonly string[], vaultType?: VaultType): Guarded[] {
  return guardedOperations.filter(
    (each) =>
      each.isListed &&
      (vaultType === undefined || each.vaultType === vaultType) &&
      (each.isMandatory || !excluded.includes(each.operation)),
  );
}

/** How long something may be deleted after `unlockDelete`: recorded 31 times of 31. */
export const unlockDeleteMinutes = 30;

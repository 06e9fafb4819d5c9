import type { VaultKind } from "./vaultId.js";

/** An operation on vaults that a resource guard can protect. */
export interface GuardedOperation {
  /** As Resource Manager names it, and as a guard's exclusion list does. */
  operation: string;
  /** The guard's collection of requests for it: `{guard}/{requests}/default` is the one to name. */
  requests: string;
  /** A guard cannot exclude it. */
  isMandatory: boolean;
  /** No guard was seen to list it, although the specification names its requests. */
  isUnlisted: boolean;
  /** Only where the vault's association lists it, which also says what its request is. */
  isIfListed: boolean;
}

type Row = [operation: string, requests: string, note?: "mandatory" | "unlisted" | "ifListed"];

const items = "backupFabrics/protectionContainers/protectedItems";

/**
 * Requests as in recordings of Microsoft's command line (test_dataprotection_resource_guard_mapping). Mandatory: removing the
 * association and disabling soft delete, https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 * (checked 2026-12).
 */
const rows: Record<VaultKind, readonly Row[]> = {
  BackupVault: [
    ["backupInstances/delete", "deleteBackupInstanceRequests"],
    ["backupInstances/stopProtection/action", "dppDisableStopProtectionRequests"],
    ["backupInstances/suspendBackups/action", "dppDisableSuspendBackupsRequests"],
    ["backupInstances/write", "dppModifyPolicy"],
    ["backupInstances/restore/action", "dppTriggerRestoreRequests"],
    ["write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
    ["write#modifyEncryptionSettings", "dppModifyEncryptionSettingsRequests"],
    ["write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests", "mandatory"],
    ["backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests", "mandatory"],
  ],
  RecoveryServicesVault: [
    [`${items}/delete`, "deleteProtectedItemRequests"],
    [`${items}/write`, "updateProtectedItemRequests"],
    [`${items}/write#stopProtectionWithRetainData`, "stopProtectionWithRetainDataRequests"],
    // https://github.com/Azure/azure-powershell/pull/27835: a protected operation since 2025. az asks for it where the association
    // lists it. In no recording is it listed, so the name of its requests is that of the others of its kind.
    [`${items}/write#suspendBackupsWithRetainData`, "suspendBackupsWithRetainDataRequests", "ifListed"],
    [`${items}/recoveryPoints/restore/action`, "triggerRestoreRequests"],
    ["registeredIdentities/delete", "deleteMABIdentityRequests"],
    ["backupPolicies/write", "updateProtectionPolicyRequests"],
    ["backupSecurityPIN/action", "getBackupSecurityPINRequests"],
    ["write#reduceImmutabilityState", "reduceImmutabilityStateRequests"],
    // https://github.com/Azure/azure-rest-api-specs: the example PUTVault_ResourceGuardEnabled
    ["write#modifyEncryptionSettings", "modifyEncryptionSettings", "unlisted"],
    ["backupconfig/write", "disableSoftDeleteRequests", "mandatory"],
    ["backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests", "mandatory"],
  ],
};

const namespaces: Record<VaultKind, string> = {
  BackupVault: "Microsoft.DataProtection/backupVaults",
  RecoveryServicesVault: "Microsoft.RecoveryServices/vaults",
};

const of = (kind: VaultKind): GuardedOperation[] =>
  rows[kind].map(([name, requests, note]) => ({
    operation: `${namespaces[kind]}/${name}`,
    requests,
    isMandatory: note === "mandatory",
    isUnlisted: note === "unlisted",
    isIfListed: note === "ifListed",
  }));

export const guardedOperations: Readonly<Record<VaultKind, readonly GuardedOperation[]>> = {
  BackupVault: of("BackupVault"),
  RecoveryServicesVault: of("RecoveryServicesVault"),
};

export const allGuardedOperations: readonly GuardedOperation[] = [
  ...guardedOperations.BackupVault,
  ...guardedOperations.RecoveryServicesVault,
];

/** The same for both kinds of vaults: the request that removes a vault's association. */
export const removalRequests = "deleteResourceGuardProxyRequests";

/** The ID to name in `resourceGuardOperationRequests`. */
export const requestOf = (guardId: string, requests: string): string => `${guardId}/${requests}/default`;

/** The ARM ID of the guard in the ID of a request. */
export const guardOfRequest = (request: string): string => request.split("/").slice(0, -2).join("/");

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** @param name what follows the vault's type in the operation's name */
export function guardedOperation(kind: VaultKind, name: string): GuardedOperation {
  const found = guardedOperations[kind].find(({ operation }) => isSame(operation, `${namespaces[kind]}/${name}`));
  if (!found) throw new Error(`No resource guard protects ${name} of a ${kind}.`);
  return found;
}

export const isAmong = (operations: readonly string[], name: string): boolean =>
  operations.some((each) => isSame(each, name));

/** What the second list of exclusions leaves unprotected and the first does not. */
export function newlyExcluded(before: readonly string[], after: readonly string[]): string[] {
  return after.filter((name) => !isAmong(before, name));
}

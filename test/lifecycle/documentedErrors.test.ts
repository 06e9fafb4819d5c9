import { isAboutPermission } from "../../provider/lifecycle/backupInstance/permissionErrors.js";
import { notProtected } from "../../provider/lifecycle/backupInstance/wording.js";

const named = (code: string) => Object.assign(new Error(code), { name: "ArmError", code });

// The codes of https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot,
// https://learn.microsoft.com/azure/backup/azure-kubernetes-service-backup-troubleshoot and
// https://learn.microsoft.com/azure/backup/backup-azure-troubleshoot-blob-backup that an instance's creation can meet.
test.each([
  "UserErrorMissingRequiredPermissions",
  "UserErrorNotEnoughPermissionOnDisk",
  "UserErrorNotEnoughPermissionOnSnapshotRG",
  "UserErrorDiskBackupDiskOrMSIPermissionsNotPresent",
  "UserErrorDiskBackupSnapshotRGOrMSIPermissionsNotPresent",
  "UserErrorSnapshotRGOrMSIPermissionsNotPresent",
  "UserErrorDiskBackupAuthorizationFailed",
  "UserErrorMSIPermissionsNotPresentOnDES",
  "UserErrorExtensionMSIMissingPermissionsOnBackupStorageLocation",
  "UserErrorBackupStorageLocationNotReady",
  "KubernetesBackupListExtensionsError",
])("%s may be about a role of a minute ago, and is waited for", (code) => {
  expect(isAboutPermission(named(code))).toBe(true);
});

test.each([
  "UserErrorDppDatasourceAlreadyProtected",
  "UserErrorDppDatasourceAlreadyHasBackupInstance",
  "UserErrorSnapshotRGNotFound",
  "UserErrorSnapshotRGSubscriptionMismatch",
  "UserErrorManagedDiskNotFound",
  "UserErrorDiskBackupDiskTypeNotSupported",
  "UserErrorDESKeyVaultKeyDisabled",
  "UserErrorMissingSubscriptionRegistration",
  "UserErrorKubernetesBackupExtensionNotFoundError",
  "UserErrorSnapshotResourceGroupHasLocks",
  "UserErrorStorageAccountKeyAccessDisallowed",
  "DppUserErrorVaultTierPolicyNotSupported",
  "UserErrorUnsupportedStorageAccountType",
  "UserErrorMaxOrsPolicyExistOnStorageAccount",
  "UserErrorStorageAccountInLockedState",
  "UserErrorNoContainersSelectedForOperation",
  "UserErrorIncorrectContainersSelectedForOperation",
  "UserErrorRequestDisallowedByAzurePolicy",
  "UserErrorRequiredStorageFeaturesDisabled",
  "UserErrorSelectedContainerPartOfAnotherORPolicy",
  "UserErrorVaultedBackupFeatureNotEnabled",
])("%s does not pass by itself, and is an error at once", (code) => {
  expect(isAboutPermission(named(code))).toBe(false);
});

test("of an instance that Azure does not back up, the error says Azure's reason, what Azure recommends, and the code", () => {
  const protectionErrorDetails = {
    code: "UserErrorSnapshotResourceGroupHasLocks",
    message: "The resource group has a lock.",
    recommendedAction: ["Remove the lock."],
  };
  expect(notProtected("ProtectionError", protectionErrorDetails)).toMatch(
    /is ProtectionError, .*Azure's reason: The resource group has a lock\. Remove the lock\. \(UserErrorSnapshot\w+\)$/,
  );
  expect(notProtected("ProtectionError", undefined)).not.toContain("reason");
});

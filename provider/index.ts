export { getVaultOverview } from "./functions/getVaultOverview.js";
export type {
  DataSourceOverview,
  PolicyOverview,
  ResourceGuardAdministrator,
  ResourceGuardOverview,
  RetentionOverview,
  ScheduleOverview,
} from "./overview/vaultContents.js";
export type {
  DeletionFinding,
  EncryptionOverview,
  InstanceCount,
  JobCount,
  KeyOverview,
  OverviewSettings,
  Unreadable,
  VaultOverview,
} from "./overview/vaultOverview.js";
export type { BackupInstanceArgs, InstanceDataSource } from "./resources/backupInstance.js";
export { BackupInstance } from "./resources/backupInstance.js";
export type { BackupPolicyArgs } from "./resources/backupPolicy.js";
export { BackupPolicy } from "./resources/backupPolicy.js";
export type { BackupVaultArgs } from "./resources/backupVault.js";
export { BackupVault } from "./resources/backupVault.js";
export type { EncryptionSettingsArgs } from "./resources/encryptionSettings.js";
export { EncryptionSettings } from "./resources/encryptionSettings.js";
export type { IdentityAssignmentArgs } from "./resources/identityAssignment.js";
export { IdentityAssignment } from "./resources/identityAssignment.js";
export type {
  AutoProtectionRule,
  AutoProtectionSettings,
  BackupConfiguration,
  BackupHookReference,
  IdentityDetails,
} from "./resources/instanceTypes.js";
export type { KeyAccessArgs } from "./resources/keyAccess.js";
export { KeyAccess } from "./resources/keyAccess.js";
export type {
  PolicyCriteria,
  PolicyDataSource,
  PolicyDataStore,
  PolicyDataStoreInfo,
  PolicyLifecycle,
  PolicyRetention,
  PolicyRule,
  PolicySchedule,
  PolicyTag,
  PolicyTrigger,
} from "./resources/policyTypes.js";
export type { ProtectedItemArgs } from "./resources/protectedItem.js";
export { ProtectedItem } from "./resources/protectedItem.js";
export { ProtectedWorkload } from "./resources/protectedWorkload.js";
export type {
  ProtectionDaysOfMonth,
  ProtectionDaysOfWeeks,
  ProtectionPolicyBackups,
  ProtectionPolicyDataSource,
  ProtectionPolicyLogBackups,
  ProtectionPolicyProperties,
  ProtectionPolicyRetention,
  ProtectionPolicyRetentionOf,
  ProtectionPolicySchedule,
  ProtectionRetentionDuration,
  ProtectionRetentionPolicy,
  ProtectionSchedulePolicy,
  ProtectionTieringPolicy,
} from "./resources/protectionPolicyTypes.js";
export type { RecoveryServicesBackupPolicyArgs } from "./resources/recoveryServicesBackupPolicy.js";
export { RecoveryServicesBackupPolicy } from "./resources/recoveryServicesBackupPolicy.js";
export type { RecoveryServicesVaultArgs } from "./resources/recoveryServicesVault.js";
export { RecoveryServicesVault } from "./resources/recoveryServicesVault.js";
export type { ResourceGuardArgs } from "./resources/resourceGuard.js";
export { ResourceGuard } from "./resources/resourceGuard.js";
export type { ResourceGuardAssociationArgs } from "./resources/resourceGuardAssociation.js";
export { ResourceGuardAssociation } from "./resources/resourceGuardAssociation.js";
export type {
  ClassicAlerts,
  CostManagementGranularity,
  CrossSubscriptionRestore,
  DatastoreType,
  DiskExclusionProperties,
  EnabledOrDisabled,
  GuardedOperation,
  Immutability,
  ImmutabilityConfiguration,
  RecoveryServicesEncryption,
  RecoveryServicesSku,
  RecoveryServicesSoftDelete,
  RecoveryServicesSoftDeleteState,
  Redundancy,
  ResourceGuardOperationDetail,
  SoftDelete,
  SoftDeleteState,
  SourceScanConfiguration,
  Timeouts,
  VaultEncryption,
  VaultIdentity,
} from "./resources/types.js";
export type { VaultArgument } from "./resources/vaultArgument.js";
export type {
  ProtectedWorkloadArgs,
  WorkloadDataSource,
  WorkloadInstance,
  WorkloadItem,
  WorkloadPolicy,
  WorkloadRecoveryServicesPolicy,
  WorkloadRecoveryServicesVault,
  WorkloadVault,
} from "./resources/workloadArgs.js";

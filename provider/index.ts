export type { BackupVaultArgs } from "./resources/backupVault.js";
export { BackupVault } from "./resources/backupVault.js";
export type {
  CostManagementGranularity,
  CrossSubscriptionRestore,
  DatastoreType,
  EnabledOrDisabled,
  Immutability,
  Redundancy,
  SoftDelete,
  SoftDeleteState,
  Timeouts,
  VaultEncryption,
  VaultIdentity,
} from "./resources/types.js";

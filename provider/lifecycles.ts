import type { Lifecycle } from "./host/serve.js";
import { backupInstance } from "./lifecycle/backupInstance.js";
import { backupPolicy } from "./lifecycle/backupPolicy.js";
import { encryptionSettings } from "./lifecycle/encryptionSettings.js";
import { identityAssignment } from "./lifecycle/identityAssignment.js";
import { keyAccess } from "./lifecycle/keyAccess.js";
import { protectedItem } from "./lifecycle/protectedItem.js";
import { recoveryServicesBackupPolicy } from "./lifecycle/recoveryServicesBackupPolicy.js";
import { resourceGuard } from "./lifecycle/resourceGuard.js";
import { resourceGuardAssociation } from "./lifecycle/resourceGuardAssociation.js";
import { backupVault, recoveryServicesVault } from "./lifecycle/vault/lifecycle.js";
import type { ResourceTypeName } from "./vaults/resourceTypes.js";

/** What both fronts serve, by the handlers' names. Does not compile while a type of resource has no lifecycle. */
export const lifecycles: Record<Uncapitalize<ResourceTypeName>, Lifecycle> = {
  backupVault,
  recoveryServicesVault,
  identityAssignment,
  keyAccess,
  encryptionSettings,
  resourceGuard,
  resourceGuardAssociation,
  backupPolicy,
  recoveryServicesBackupPolicy,
  backupInstance,
  protectedItem,
};

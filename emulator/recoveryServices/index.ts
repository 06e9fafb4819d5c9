import { capabilities } from "./capabilities.js";
import { checkNameAvailability } from "./checkNameAvailability.js";
import { deletedRecoveryServicesVaults } from "./deletedVaults/index.js";
import { createExtendedInfo, getExtendedInfo, updateExtendedInfo } from "./extendedInfo.js";
import { recoveryServicesOperations } from "./operationStatus/index.js";
import { listPrivateLinkResources } from "./privateLinkResources.js";
import { deleteRegisteredIdentity } from "./registeredIdentities.js";
import { listReplicationUsages } from "./replicationUsages.js";
import { listUsages } from "./usages.js";
import { recoveryServicesVaults } from "./vaults/index.js";

/** Microsoft.RecoveryServices: the vaults themselves. */
export const recoveryServices = [
  ...recoveryServicesVaults,
  ...recoveryServicesOperations,
  ...deletedRecoveryServicesVaults,
  listUsages,
  listReplicationUsages,
  getExtendedInfo,
  createExtendedInfo,
  updateExtendedInfo,
  checkNameAvailability,
  capabilities,
  listPrivateLinkResources,
  deleteRegisteredIdentity,
];

import { denyAssignments } from "./authorization/denyAssignments/index.js";
import { listPermissions } from "./authorization/listPermissions.js";
import { roleAssignments } from "./authorization/roleAssignments/index.js";
import { roleDefinitions } from "./authorization/roleDefinitions/index.js";
import { backupInstances } from "./dataProtection/backupInstances/index.js";
import { backupJobs } from "./dataProtection/backupJobs/index.js";
import { backupPolicies } from "./dataProtection/backupPolicies/index.js";
import { backupVaults } from "./dataProtection/backupVaults/index.js";
import { checkFeatureSupport } from "./dataProtection/checkFeatureSupport.js";
import { deletedBackupInstances } from "./dataProtection/deletedBackupInstances/index.js";
import { deletedVaults } from "./dataProtection/deletedVaults/index.js";
import { operationStatus } from "./dataProtection/operationStatus/index.js";
import { resourceGuardProxies } from "./dataProtection/resourceGuardProxies/index.js";
import { resourceGuards } from "./dataProtection/resourceGuards/index.js";
import type { Operation } from "./http/operation.js";
import { keys } from "./keyVault/keys/index.js";
import { managedHsms } from "./keyVault/managedHsms/index.js";
import { keyStores } from "./keyVault/stores/index.js";
import { keyVaults } from "./keyVault/vaults/index.js";
import { federatedIdentityCredentials } from "./managedIdentity/federatedIdentityCredentials/index.js";
import { getSystemAssigned } from "./managedIdentity/getSystemAssigned.js";
import { userAssignedIdentities } from "./managedIdentity/userAssignedIdentities/index.js";
import { recoveryServices } from "./recoveryServices/index.js";
import { recoveryServicesBackup } from "./recoveryServicesBackup/index.js";
import { listLocations } from "./resourceManager/listLocations.js";
import { listResources } from "./resourceManager/listResources.js";
import { operationResults } from "./resourceManager/operationResults.js";
import {
  getProvider,
  getProviderAtTenant,
  listProviders,
  listProvidersAtTenant,
  registerProvider,
  unregisterProvider,
} from "./resourceManager/providers.js";
import { resourceGroups } from "./resourceManager/resourceGroups/index.js";
import { getSubscription, listSubscriptions, listTenants } from "./resourceManager/subscriptions.js";
import { siteRecovery } from "./siteRecovery/index.js";

/** Everything that needs a token of Resource Manager. */
export const armOperations: readonly Operation[] = [
  listSubscriptions,
  getSubscription,
  listTenants,
  listLocations,
  listProviders,
  getProvider,
  registerProvider,
  unregisterProvider,
  listProvidersAtTenant,
  getProviderAtTenant,
  ...resourceGroups,
  operationResults,
  listResources,
  ...userAssignedIdentities,
  ...federatedIdentityCredentials,
  getSystemAssigned,
  ...backupVaults,
  ...backupPolicies,
  ...backupInstances,
  ...backupJobs,
  ...deletedBackupInstances,
  ...deletedVaults,
  ...resourceGuards,
  ...resourceGuardProxies,
  ...operationStatus,
  checkFeatureSupport,
  ...recoveryServices,
  ...recoveryServicesBackup,
  ...siteRecovery,
  ...keyStores,
  ...keyVaults,
  ...managedHsms,
  ...keys,
  ...roleAssignments,
  ...roleDefinitions,
  listPermissions,
  ...denyAssignments,
];

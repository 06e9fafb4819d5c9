import type { Operation } from "../arm/operation.js";
import { denyAssignments } from "../authorization/denyAssignments.js";
import { listPermissions } from "../authorization/permissions.js";
import { roleAssignments } from "../authorization/roleAssignments.js";
import { roleDefinitions } from "../authorization/roleDefinitions.js";
import { clusterExtensions } from "../containerService/extensions.js";
import { managedClusters } from "../containerService/managedClusters.js";
import { trustedAccessRoleBindings } from "../containerService/trustedAccessRoleBindings.js";
import { backupInstances } from "../dataProtection/backupInstances.js";
import { backupJobs } from "../dataProtection/backupJobs.js";
import { backupPolicies } from "../dataProtection/backupPolicies.js";
import { backupVaults } from "../dataProtection/backupVaults.js";
import { checkFeatureSupport } from "../dataProtection/checkFeatureSupport.js";
import { deletedBackupInstances } from "../dataProtection/deletedBackupInstances.js";
import { deletedVaults } from "../dataProtection/deletedVaults.js";
import { instanceProtection } from "../dataProtection/instanceProtection.js";
import { instanceValidation } from "../dataProtection/instanceValidation.js";
import { operationStatus } from "../dataProtection/operationStatus.js";
import { resourceGuardProxies } from "../dataProtection/resourceGuardProxies.js";
import { resourceGuards } from "../dataProtection/resourceGuards.js";
import { updateAccessPolicy } from "../keyVault/accessPolicies.js";
import { deletedKeyStores } from "../keyVault/deletedStores.js";
import { keys } from "../keyVault/keys.js";
import { managedHsms } from "../keyVault/managedHsms.js";
import { keyStores } from "../keyVault/storeOperations.js";
import { keyVaults } from "../keyVault/vaults.js";
import { federatedIdentityCredentials } from "../managedIdentity/federatedIdentityCredentials.js";
import { getSystemAssigned } from "../managedIdentity/systemAssignedIdentities.js";
import { userAssignedIdentities } from "../managedIdentity/userAssignedIdentities.js";
import { deletedRecoveryServicesVaults } from "../recoveryServices/deletedVaults.js";
import { recoveryServicesOperations } from "../recoveryServices/operationStatus.js";
import { privateLinks } from "../recoveryServices/privateLinks.js";
import { serverRegistration } from "../recoveryServices/serverRegistration.js";
import { recoveryServicesUsages } from "../recoveryServices/usages.js";
import { recoveryServicesVaults } from "../recoveryServices/vaults.js";
import { backupStatus } from "../recoveryServicesBackup/backupStatus.js";
import { discovery } from "../recoveryServicesBackup/discovery.js";
import { encryptionConfig } from "../recoveryServicesBackup/encryptionConfig.js";
import { recoveryServicesJobs } from "../recoveryServicesBackup/jobs.js";
import { operationStatuses } from "../recoveryServicesBackup/operationStatus.js";
import { protectionPolicies } from "../recoveryServicesBackup/policies.js";
import { privateEndpointConnections } from "../recoveryServicesBackup/privateEndpointConnections.js";
import { protectedItems } from "../recoveryServicesBackup/protectedItems.js";
import { protectItem } from "../recoveryServicesBackup/protectItem.js";
import { protectionContainers } from "../recoveryServicesBackup/protectionContainers.js";
import { recoveryServicesGuardProxies } from "../recoveryServicesBackup/resourceGuardProxies.js";
import { storageConfig } from "../recoveryServicesBackup/storageConfig.js";
import { listUsageSummaries } from "../recoveryServicesBackup/usageSummaries.js";
import { vaultConfig } from "../recoveryServicesBackup/vaultConfig.js";
import { providers } from "../resourceManager/providers.js";
import { resourceGroups } from "../resourceManager/resourceGroups.js";
import { resources } from "../resourceManager/resources.js";
import { subscriptions } from "../resourceManager/subscriptions.js";
import { replicatedItems } from "../siteRecovery/replicatedItems.js";
import { replicationVaultSettings } from "../siteRecovery/vaultSettings.js";
import { fileShares } from "../storage/fileShares.js";

/** Everything that needs a token of Resource Manager. */
export const armOperations: readonly Operation[] = [
  ...subscriptions,
  ...providers,
  ...resourceGroups,
  ...resources,
  ...userAssignedIdentities,
  ...federatedIdentityCredentials,
  getSystemAssigned,
  ...managedClusters,
  ...clusterExtensions,
  ...trustedAccessRoleBindings,
  ...backupVaults,
  ...backupPolicies,
  ...backupInstances,
  ...instanceProtection,
  ...instanceValidation,
  ...backupJobs,
  ...deletedBackupInstances,
  ...deletedVaults,
  ...resourceGuards,
  ...resourceGuardProxies,
  ...operationStatus,
  checkFeatureSupport,
  ...recoveryServicesVaults,
  ...recoveryServicesOperations,
  ...deletedRecoveryServicesVaults,
  ...recoveryServicesUsages,
  ...serverRegistration,
  ...privateLinks,
  ...storageConfig,
  ...vaultConfig,
  ...encryptionConfig,
  ...recoveryServicesGuardProxies,
  ...protectionPolicies,
  ...protectionContainers,
  ...discovery,
  ...backupStatus,
  protectItem,
  ...protectedItems,
  ...recoveryServicesJobs,
  ...privateEndpointConnections,
  ...operationStatuses,
  listUsageSummaries,
  ...replicatedItems,
  ...replicationVaultSettings,
  ...fileShares,
  ...keyStores,
  ...deletedKeyStores,
  ...keyVaults,
  updateAccessPolicy,
  ...managedHsms,
  ...keys,
  ...roleAssignments,
  ...roleDefinitions,
  listPermissions,
  ...denyAssignments,
];

import type { RecoveryServicesVaultResource } from "../../azure/index.js";

/** What a program can use of a vault besides its arguments. */
export const outputs = ({ properties, identity }: RecoveryServicesVaultResource): Record<string, unknown> => ({
  principalId: identity?.principalId,
  tenantId: identity?.tenantId,
  provisioningState: properties?.provisioningState,
  secureScore: properties?.secureScore,
  bcdrSecurityLevel: properties?.bcdrSecurityLevel,
  backupStorageVersion: properties?.backupStorageVersion,
  privateEndpointStateForBackup: properties?.privateEndpointStateForBackup,
  privateEndpointStateForSiteRecovery: properties?.privateEndpointStateForSiteRecovery,
  multiUserAuthorization: properties?.securitySettings?.multiUserAuthorization,
});

import type { BackupVaultResource } from "../../azure/index.js";

/** What a program can use of a vault besides its arguments. */
export const outputs = ({ properties, identity }: BackupVaultResource): Record<string, unknown> => ({
  principalId: identity?.principalId,
  tenantId: identity?.tenantId,
  provisioningState: properties.provisioningState,
  secureScore: properties.secureScore,
  bcdrSecurityLevel: properties.bcdrSecurityLevel,
  replicatedRegions: properties.replicatedRegions ?? [],
  isVaultProtectedByResourceGuard: properties.isVaultProtectedByResourceGuard ?? false,
});

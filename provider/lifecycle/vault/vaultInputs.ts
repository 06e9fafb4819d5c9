/** What the arguments of both kinds of vaults have, in canonical form. */
export interface VaultSettings {
  vaultName: string;
  resourceGroupName: string;
  subscriptionId: string;
  location: string;
  redundancy?: string;
  immutability?: string;
  crossRegionRestore?: string;
  crossSubscriptionRestore?: string;
  alertsForAllJobFailures?: string;
  costManagementGranularity?: string;
  identity?: { type: string; userAssignedIdentities?: string[] };
  encryption?: { keyUri?: string; identity?: string; infrastructureEncryption?: string; state?: string };
  tags?: Record<string, string>;
  resourceGuardOperationRequests?: string[];
}

export interface VaultInputs extends VaultSettings {
  /** Computed in `check`, so that it is known at preview. */
  vaultId: string;
  adopt?: boolean;
  accept?: string[];
  timeouts?: { create?: string; update?: string; delete?: string; permission?: string };
}

/** A vault as ARM shows it, of either kind. */
export interface VaultResource {
  identity?: {
    principalId?: string;
    tenantId?: string;
    /** By ARM id. */
    userAssignedIdentities?: Record<string, { principalId?: string; clientId?: string } | null>;
  };
  properties?: { provisioningState?: string };
}

/**
 * A Backup vault as ARM sends and takes it. All enumerations are open: Azure may answer a value that is not known yet.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/get
 */
export interface BackupVaultResource {
  id?: string;
  name?: string;
  type?: string;
  location: string;
  tags?: Record<string, string>;
  identity?: ManagedServiceIdentity;
  eTag?: string;
  properties: BackupVaultProperties;
}

export interface ManagedServiceIdentity {
  /** `SystemAssigned`, `UserAssigned`, `SystemAssigned,UserAssigned`, `None`. Azure answers without a space, and takes both. */
  type?: string;
  /** By ARM id, in the casing it was sent in. In a PATCH, null takes an identity away. */
  userAssignedIdentities?: Record<string, { clientId?: string; principalId?: string } | null>;
  /** Absent for a vault with user-assigned identities only. */
  principalId?: string;
  tenantId?: string;
}

export interface BackupVaultProperties {
  /** Not in a PATCH. */
  storageSettings?: StorageSetting[];
  securitySettings?: SecuritySettings;
  featureSettings?: {
    crossSubscriptionRestoreSettings?: { state?: string };
    crossRegionRestoreSettings?: { state?: string };
  };
  monitoringSettings?: { azureMonitorAlertSettings?: { alertsForAllJobFailures?: string } };
  costManagementSettings?: { granularityLevel?: string };
  resourceGuardOperationRequests?: string[];
  /** Azure fills it, and clients send it back in a PUT. Not in a PATCH. */
  replicatedRegions?: string[];
  /** Read-only, like all that follows. */
  provisioningState?: string;
  resourceMoveState?: string;
  isVaultProtectedByResourceGuard?: boolean;
  secureScore?: string;
  bcdrSecurityLevel?: string;
}

export interface StorageSetting {
  datastoreType?: string;
  type?: string;
}

export interface SecuritySettings {
  /** The service was seen to answer `ON`. */
  softDeleteSettings?: { state?: string; retentionDurationInDays?: number };
  /** Absent where never set. */
  immutabilitySettings?: { state?: string };
  encryptionSettings?: EncryptionSettings;
}

export interface EncryptionSettings {
  /** `Inconsistent`: the last change failed halfway and has to be made again. */
  state?: string;
  keyVaultProperties?: { keyUri?: string };
  /** `identityId` only with the type `UserAssigned`. */
  kekIdentity?: { identityType?: string; identityId?: string };
  infrastructureEncryption?: string;
}

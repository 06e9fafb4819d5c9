/** https://learn.microsoft.com/rest/api/dataprotection/backup-instances/get */
export interface BackupInstanceResource {
  id: string;
  name: string;
  properties: BackupInstance;
}

export interface BackupInstance {
  friendlyName?: string;
  dataSourceInfo?: { datasourceType?: string; resourceID?: string; resourceName?: string };
  policyInfo?: { policyId?: string };
  /** `NotProtected` was seen here, though Microsoft's list of values does not have it. */
  protectionStatus?: { status?: string };
  currentProtectionState?: string;
  provisioningState?: string;
  /** Null or absent: the vault's system-assigned identity. */
  identityDetails?: { useSystemAssignedIdentity?: boolean; userAssignedIdentityArmUrl?: string } | null;
}

import {
  flag,
  type Kind,
  listOf,
  mapOf,
  number,
  type Of,
  object,
  optional,
  optionalObject,
  orEmpty,
  shown,
  tags,
  text,
} from "../reading/shapes.js";

const identity = object({
  /** `None`, `SystemAssigned`, `UserAssigned`, `SystemAssigned, UserAssigned`. */
  type: text,
  principalId: optional(text),
  tenantId: optional(text),
  /** By ARM id. In a PATCH, null takes an identity away. */
  userAssignedIdentities: optional(mapOf(orEmpty(object({ clientId: optional(text), principalId: optional(text) })))),
});

const securitySettings = object({
  immutabilitySettings: optional(
    object({
      state: optional(text),
      configuration: optional(object({ type: optional(text), durationInDays: optional(number) })),
    }),
  ),
  softDeleteSettings: optional(
    object({
      softDeleteState: optional(text),
      enhancedSecurityState: optional(text),
      softDeleteRetentionPeriodInDays: optional(number),
    }),
  ),
  /** `Enabled` where a resource guard protects the vault. */
  multiUserAuthorization: optional(text),
});

const monitoringSettings = object({
  azureMonitorAlertSettings: optional(
    object({
      alertsForAllJobFailures: optional(text),
      alertsForAllReplicationIssues: optional(text),
      alertsForAllFailoverIssues: optional(text),
    }),
  ),
  classicAlertSettings: optional(
    object({ alertsForCriticalOperations: optional(text), emailNotificationsForSiteRecovery: optional(text) }),
  ),
});

const properties = object({
  provisioningState: optional(text),
  moveState: optional(text),
  encryption: optional(
    object({
      keyVaultProperties: optional(object({ keyUri: optional(text) })),
      kekIdentity: optional(
        object({ useSystemAssignedIdentity: optional(flag), userAssignedIdentity: optional(text) }),
      ),
      infrastructureEncryption: optional(text),
    }),
  ),
  redundancySettings: optional(
    object({ standardTierStorageRedundancy: optional(text), crossRegionRestore: optional(text) }),
  ),
  securitySettings: optional(securitySettings),
  monitoringSettings: optional(monitoringSettings),
  restoreSettings: optional(
    object({ crossSubscriptionRestoreSettings: optional(object({ crossSubscriptionRestoreState: optional(text) })) }),
  ),
  costManagementSettings: optional(object({ granularityLevel: optional(text) })),
  publicNetworkAccess: optional(text),
  privateEndpointConnections: optional(listOf(object({ id: optional(text), name: optional(text) }))),
  resourceGuardOperationRequests: optional(listOf(text)),
  privateEndpointStateForBackup: shown,
  privateEndpointStateForSiteRecovery: shown,
  backupStorageVersion: shown,
  secureScore: shown,
  bcdrSecurityLevel: shown,
});

const vault = {
  location: text,
  tags: optional(tags),
  sku: optionalObject(object({ name: text, tier: optional(text) })),
  identity: optionalObject(identity),
  properties,
};

/** https://learn.microsoft.com/rest/api/recoveryservices/vaults/get */
export const recoveryServicesVault = {
  noun: "a Recovery Services vault",
  shape: object({ ...vault, id: optional(text), name: optional(text), type: optional(text) }),
} satisfies Kind<unknown>;
export type RecoveryServicesVaultResource = Of<typeof recoveryServicesVault.shape>;

/** In a list, its id alone says which one it is. */
export const listedRecoveryServicesVault = {
  noun: recoveryServicesVault.noun,
  shape: object({ ...vault, id: text, name: text }),
} satisfies Kind<unknown>;
export type ListedRecoveryServicesVault = Of<typeof listedRecoveryServicesVault.shape>;

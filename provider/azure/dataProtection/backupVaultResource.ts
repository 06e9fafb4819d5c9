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

const state = object({ state: optional(text) });

const identity = object({
  /** `SystemAssigned`, `UserAssigned`, `SystemAssigned,UserAssigned`, `None`. Azure answers without a space, and takes both. */
  type: optional(text),
  /** By ARM id, in the casing it was sent in. In a PATCH, null takes an identity away. */
  userAssignedIdentities: optional(mapOf(orEmpty(object({ clientId: optional(text), principalId: optional(text) })))),
  /** Absent for a vault with user-assigned identities only. */
  principalId: optional(text),
  tenantId: optional(text),
});

const encryptionSettings = object({
  /** `Inconsistent`: the last change failed halfway and has to be made again. */
  state: optional(text),
  keyVaultProperties: optional(object({ keyUri: optional(text) })),
  /** `identityId` only with the type `UserAssigned`. */
  kekIdentity: optional(object({ identityType: optional(text), identityId: optional(text) })),
  infrastructureEncryption: optional(text),
});

const properties = {
  /** Not in a PATCH. */
  storageSettings: optional(listOf(object({ datastoreType: optional(text), type: optional(text) }))),
  securitySettings: optional(
    object({
      /** The service was seen to answer `ON`. */
      softDeleteSettings: optional(object({ state: optional(text), retentionDurationInDays: optional(number) })),
      /** Absent where never set. */
      immutabilitySettings: optional(state),
      encryptionSettings: optional(encryptionSettings),
    }),
  ),
  featureSettings: optional(
    object({ crossSubscriptionRestoreSettings: optional(state), crossRegionRestoreSettings: optional(state) }),
  ),
  monitoringSettings: optional(
    object({ azureMonitorAlertSettings: optional(object({ alertsForAllJobFailures: optional(text) })) }),
  ),
  costManagementSettings: optional(object({ granularityLevel: optional(text) })),
  resourceGuardOperationRequests: optional(listOf(text)),
  /** Azure fills it, and clients send it back in a PUT. Not in a PATCH. */
  replicatedRegions: optional(listOf(text)),
  /** Read-only, like all that follows. */
  provisioningState: optional(text),
  resourceMoveState: optional(text),
  isVaultProtectedByResourceGuard: optional(flag),
  secureScore: shown,
  bcdrSecurityLevel: shown,
};

const vault = {
  id: optional(text),
  name: optional(text),
  type: optional(text),
  location: text,
  tags: optional(tags),
  identity: optionalObject(identity),
  properties: object(properties),
};

/**
 * A Backup vault as ARM sends and takes it. All enumerations are open: Azure may answer a value that is not known yet.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/get
 */
export const backupVault = { noun: "a Backup vault", shape: object(vault) } satisfies Kind<unknown>;
export type BackupVaultResource = Of<typeof backupVault.shape>;

/** In a list, its id alone says which one it is. */
export const listedBackupVault = { noun: backupVault.noun, shape: object({ ...vault, id: text, name: text }) };
export type ListedBackupVault = Of<typeof listedBackupVault.shape>;

/**
 * A soft-deleted vault. Its name is a GUID: several deleted vaults may have had the same name.
 * https://learn.microsoft.com/rest/api/dataprotection/deleted-backup-vaults/get
 */
export const deletedBackupVault = {
  noun: "a deleted Backup vault",
  shape: object({
    id: text,
    name: text,
    location: optional(text),
    properties: object({
      ...properties,
      /** A GUID, not an ARM id. */
      originalBackupVaultId: optional(text),
      originalBackupVaultName: optional(text),
      originalBackupVaultResourcePath: optional(text),
      resourceDeletionInfo: optional(object({ deletionTime: optional(text), scheduledPurgeTime: optional(text) })),
    }),
  }),
} satisfies Kind<unknown>;

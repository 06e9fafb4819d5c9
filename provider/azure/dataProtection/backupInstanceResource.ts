import type { Kind } from "../reading/kind.js";
import { flag, type Of, object, optional, shown, text } from "../reading/shapes.js";

const instance = {
  friendlyName: optional(text),
  dataSourceInfo: optional(object({ datasourceType: optional(text), resourceID: shown, resourceName: shown })),
  policyInfo: optional(object({ policyId: optional(text) })),
  /** `NotProtected` was seen here, though Microsoft's list of values does not have it. */
  protectionStatus: optional(object({ status: optional(text) })),
  currentProtectionState: optional(text),
  provisioningState: shown,
  /** Null or absent: the vault's system-assigned identity. */
  identityDetails: optional(
    object({ useSystemAssignedIdentity: optional(flag), userAssignedIdentityArmUrl: optional(text) }),
  ),
};

/** https://learn.microsoft.com/rest/api/dataprotection/backup-instances/get */
export const backupInstance = {
  noun: "a backup instance",
  shape: object({ id: text, name: text, properties: object(instance) }),
} satisfies Kind<unknown>;
export type BackupInstanceResource = Of<typeof backupInstance.shape>;
export type BackupInstance = BackupInstanceResource["properties"];

/** https://learn.microsoft.com/rest/api/dataprotection/deleted-backup-instances/get */
export const deletedBackupInstance = {
  noun: "a deleted backup instance",
  shape: object({
    id: text,
    name: text,
    properties: object({
      ...instance,
      deletionInfo: optional(object({ deletionTime: shown, scheduledPurgeTime: shown })),
    }),
  }),
} satisfies Kind<unknown>;
export type DeletedBackupInstanceResource = Of<typeof deletedBackupInstance.shape>;

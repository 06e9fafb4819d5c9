import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find, listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { flag, type Kind, type Of, object, optional, shown, text } from "../reading/shapes.js";
import type { BackupPolicyResource, DataStore } from "./backupPolicies.js";

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

export interface BackupInstances {
  get(id: string, options: OperationOptions): Promise<BackupInstanceResource | undefined>;
  /** All that are not deleted. */
  list(vaultId: string, options: OperationOptions): Promise<BackupInstanceResource[]>;
}

export const createBackupInstances = (client: ArmClient): BackupInstances => ({
  get: (id, options) => find(client, { path: id, apiVersion }, backupInstance, options),
  list: (vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupInstances`, apiVersion }, backupInstance, options),
});

export interface DeletedBackupInstances {
  /** The soft-deleted ones. */
  list(vaultId: string, options: OperationOptions): Promise<DeletedBackupInstanceResource[]>;
}

export const createDeletedBackupInstances = (client: ArmClient): DeletedBackupInstances => ({
  list: (vaultId, options) =>
    listAll(client, { path: `${vaultId}/deletedBackupInstances`, apiVersion }, deletedBackupInstance, options),
});

/** A backup instance in short. */
export interface Instance {
  name: string;
  id: string;
  /** The ARM id of its policy. */
  policyId?: string;
  /** Azure's `currentProtectionState`, or `protectionStatus.status` where that is absent. */
  state: string;
  datasourceType?: string;
  /** Where its backups lie, by its policy. Absent: not known. */
  dataStoreTypes?: string[];
  /** `SystemAssigned`, or the ARM id of the user-assigned identity that it uses. */
  identity: string;
}

export function instanceFrom(
  { id, name, properties }: Pick<BackupInstanceResource, "id" | "name" | "properties">,
  policies: BackupPolicyResource[],
  otherwise: string,
): Instance {
  return {
    name: properties.friendlyName || name,
    id,
    policyId: properties.policyInfo?.policyId,
    state: properties.currentProtectionState ?? properties.protectionStatus?.status ?? otherwise,
    datasourceType: properties.dataSourceInfo?.datasourceType,
    dataStoreTypes: dataStoreTypes(properties, policies),
    identity: identityOf(properties),
  };
}

/** Only the policy says it: an instance does not tell whether it is backed up into the vault or beside it. */
function dataStoreTypes({ policyInfo }: BackupInstance, policies: BackupPolicyResource[]): string[] | undefined {
  const policyId = policyInfo?.policyId?.toLowerCase();
  const rules = policies.find(({ id }) => id.toLowerCase() === policyId)?.properties.policyRules ?? [];
  const stores: (DataStore | undefined)[] = rules.flatMap(({ dataStore, lifecycles = [] }) => [
    dataStore,
    ...lifecycles.flatMap(({ sourceDataStore, targetDataStoreCopySettings }) => [
      sourceDataStore,
      ...(targetDataStoreCopySettings ?? []).map((copy) => copy.dataStore),
    ]),
  ]);
  const types = new Set(stores.flatMap((store) => store?.dataStoreType ?? []));
  return types.size > 0 ? [...types].sort() : undefined;
}

function identityOf({ identityDetails }: BackupInstance): string {
  if (!identityDetails || identityDetails.useSystemAssignedIdentity) return "SystemAssigned";
  return identityDetails.userAssignedIdentityArmUrl || "SystemAssigned";
}

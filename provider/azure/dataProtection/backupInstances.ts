import { usedIdentity } from "../../vaults/identity.js";
import { snapshotGroupsIn } from "../../vaults/snapshotGroups.js";
import { isObject, spelledAs } from "../../vaults/values.js";
import { apiVersion, autoProtectionApiVersion, contentWriteApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { untilGone } from "../arm/findListed.js";
import { findInVault } from "../arm/inVault.js";
import { deleteToEnd, type WriteOptions, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import { shareNext } from "../arm/sharedReads.js";
import type { OperationOptions } from "../http/deadline.js";
import {
  flag,
  type Kind,
  type Of,
  object,
  optional,
  type Shape,
  shown,
  shownList,
  tags,
  text,
} from "../reading/shapes.js";
import type { BackupPolicyResource, DataStore } from "./backupPolicies.js";
import type { BackupVaults } from "./backupVaults.js";

/** Sent back as it is, whatever is in it. */
const asIs: Shape<unknown> = (value) => value;

const instance = {
  friendlyName: optional(text),
  dataSourceInfo: optional(object({ datasourceType: optional(text), resourceID: shown, resourceName: shown })),
  policyInfo: optional(object({ policyId: optional(text), policyParameters: asIs })),
  /** `NotProtected` was seen here, though Microsoft's list of values does not have it. */
  protectionStatus: optional(object({ status: optional(text) })),
  currentProtectionState: optional(text),
  protectionErrorDetails: optional(object({ code: shown, message: shown, recommendedAction: shownList })),
  provisioningState: shown,
  /** Null or absent: the vault's system-assigned identity. */
  identityDetails: optional(
    object({ useSystemAssignedIdentity: optional(flag), userAssignedIdentityArmUrl: optional(text) }),
  ),
};

/** https://learn.microsoft.com/rest/api/dataprotection/backup-instances/get */
export const backupInstance = {
  noun: "a backup instance",
  shape: object({ id: text, name: text, tags: optional(tags), properties: object(instance) }),
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

/** Writes return when Azure's operation has ended; what the instance is then, `get` tells. */
export interface BackupInstances {
  /** Undefined where there is none, by its own 404 and by the list of its vault. Anything that does not prove this throws. */
  get(id: string, options: OperationOptions): Promise<BackupInstanceResource | undefined>;
  /** All that are not deleted. */
  list(vaultId: string, options: OperationOptions): Promise<BackupInstanceResource[]>;
  createOrUpdate(id: string, body: InstanceBody, options: WriteOptions): Promise<void>;
  /** Azure's own checks of an instance that is not there yet. Throws what speaks against it. */
  validateForBackup(vaultId: string, instance: InstanceProperties, options: WriteOptions): Promise<void>;
  /** Stops, suspends or resumes protection. @param requests those of a resource guard that protects it */
  act(id: string, action: InstanceAction, options: WriteOptions, requests?: readonly string[]): Promise<void>;
  /** Returns when the instance is gone, or soft-deleted. Succeeds also where there is none. */
  delete(id: string, options: WriteOptions): Promise<void>;
}

/** https://learn.microsoft.com/rest/api/dataprotection/backup-instances */
export type InstanceAction = "stopProtection" | "suspendBackups" | "resumeProtection" | "resumeBackups";

const written = { apiVersion: contentWriteApiVersion };

/** What a request writes of an instance. */
export interface InstanceBody {
  tags?: Record<string, string>;
  properties: InstanceProperties;
}

/** As far as the api-version depends on it. */
export interface InstanceProperties {
  policyInfo?: { policyParameters?: { backupDatasourceParametersList?: readonly object[] } };
}

const writtenBy = ({ policyInfo }: InstanceProperties) => {
  const parameters = policyInfo?.policyParameters?.backupDatasourceParametersList ?? [];
  return parameters.some((each) => "autoProtectionSettings" in each)
    ? { apiVersion: autoProtectionApiVersion }
    : written;
};

/** @param vaults tells whether a 404 is about the instance or about its vault */
export function createBackupInstances(client: ArmClient, vaults: Pick<BackupVaults, "get">): BackupInstances {
  const list: BackupInstances["list"] = (vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupInstances`, apiVersion }, backupInstance, options);
  const listOfVault = shareNext(list);
  const get: BackupInstances["get"] = (id, options) =>
    findInVault<BackupInstanceResource>(
      client,
      vaults,
      id,
      backupInstance,
      (vaultId) => listOfVault(vaultId, options),
      options,
    );

  return {
    get,
    list,
    createOrUpdate: (path, body, options) =>
      writeToEnd(client, { method: "PUT", path, ...writtenBy(body.properties), body }, options),
    validateForBackup(vaultId, instance, options) {
      const path = `${vaultId}/validateForBackup`;
      return writeToEnd(
        client,
        { method: "POST", path, ...writtenBy(instance), body: { backupInstance: instance } },
        options,
        vaultId,
      );
    },
    act(id, action, options, requests = []) {
      const body = requests.length > 0 ? { resourceGuardOperationRequests: requests } : undefined;
      return writeToEnd(client, { method: "POST", path: `${id}/${action}`, ...written, body }, options, id);
    },
    async delete(id, options) {
      await deleteToEnd(client, { path: id, apiVersion }, options);
      await untilGone(id, get, options);
    },
  };
}

export interface DeletedBackupInstances {
  /** The soft-deleted ones. */
  list(vaultId: string, options: OperationOptions): Promise<DeletedBackupInstanceResource[]>;
  /** Brings one back under its name, with its backups. Azure does it at once; protection is then stopped. */
  undelete(vaultId: string, name: string, options: OperationOptions): Promise<void>;
}

export const createDeletedBackupInstances = (client: ArmClient): DeletedBackupInstances => ({
  list: (vaultId, options) =>
    listAll(client, { path: `${vaultId}/deletedBackupInstances`, apiVersion }, deletedBackupInstance, options),
  undelete(vaultId, name, options) {
    const path = `${vaultId}/deletedBackupInstances/${name}/undelete`;
    return writeToEnd(client, { method: "POST", path, ...written }, options, `${vaultId}/backupInstances/${name}`);
  },
});

/** A backup instance in short. */
export interface Instance {
  name: string;
  id: string;
  /** The ARM id of its policy. */
  policyId?: string;
  /** Azure's `currentProtectionState`, or `protectionStatus.status` where that is absent. */
  state: string;
  /** The ARM id of what it backs up. */
  dataSourceId?: string;
  datasourceType?: string;
  /** Where its backups lie, by its policy. Absent: not known. */
  dataStoreTypes?: string[];
  /** The ARM ids of the resource groups with its snapshots. Absent: none. */
  snapshotGroups?: string[];
  /** The containers of blobs that it names, or that rules choose them. Absent: neither. */
  containers?: string[] | "byRule";
  /** `SystemAssigned`, or the ARM id of the user-assigned identity that it uses. */
  identity: string;
}

export function instanceFrom(
  { id, name, properties }: Pick<BackupInstanceResource, "id" | "name" | "properties">,
  policies: BackupPolicyResource[],
  otherwise: string,
): Instance {
  const snapshotGroups = snapshotGroupsIn(properties.policyInfo?.policyParameters);
  const containers = containersIn(properties.policyInfo?.policyParameters);
  return {
    name: properties.friendlyName || name,
    id,
    policyId: properties.policyInfo?.policyId,
    state: properties.currentProtectionState ?? properties.protectionStatus?.status ?? otherwise,
    dataSourceId: properties.dataSourceInfo?.resourceID,
    datasourceType: properties.dataSourceInfo?.datasourceType,
    // Only the policy says it: an instance does not tell whether it is backed up into the vault or beside it.
    dataStoreTypes: dataStoreTypes(policies.find((policy) => isNamed(policy, properties.policyInfo?.policyId))),
    ...(snapshotGroups.length > 0 && { snapshotGroups }),
    ...(containers && { containers }),
    identity: usedIdentity(properties.identityDetails),
  };
}

function containersIn(policyParameters: unknown): Instance["containers"] {
  const list = isObject(policyParameters) ? policyParameters.backupDatasourceParametersList : undefined;
  for (const each of Array.isArray(list) ? list.filter(isObject) : []) {
    if (isObject(each.autoProtectionSettings) && each.autoProtectionSettings.enabled !== false) return "byRule";
    const { containersList } = each;
    if (Array.isArray(containersList) && containersList.length > 0) return containersList.map(String);
  }
  return undefined;
}

const isNamed = ({ id }: BackupPolicyResource, policyId: string | undefined): boolean =>
  id.toLowerCase() === policyId?.toLowerCase();

const stores = ["OperationalStore", "VaultStore", "ArchiveStore"];

/** All that a policy names, those of this version in its spelling. Undefined: it names none. */
export function dataStoreTypes(policy: Pick<BackupPolicyResource, "properties"> | undefined): string[] | undefined {
  const rules = policy?.properties.policyRules ?? [];
  const named: (DataStore | undefined)[] = rules.flatMap(({ dataStore, lifecycles = [] }) => [
    dataStore,
    ...lifecycles.flatMap(({ sourceDataStore, targetDataStoreCopySettings }) => [
      sourceDataStore,
      ...(targetDataStoreCopySettings ?? []).map((copy) => copy.dataStore),
    ]),
  ]);
  const all = named.flatMap((store) => store?.dataStoreType ?? []);
  const types = new Set(all.map((type) => spelledAs({ values: stores }, type)));
  return types.size > 0 ? [...types].sort() : undefined;
}

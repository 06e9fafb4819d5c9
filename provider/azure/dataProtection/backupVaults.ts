import { apiVersion, writeApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { findListed, untilGone } from "../arm/findListed.js";
import { deleteToEnd, type WriteOptions, writeToEnd } from "../arm/operations.js";
import { listAll, noneWhereUnregistered, read } from "../arm/reads.js";
import { shareNext } from "../arm/sharedReads.js";
import type { OperationOptions } from "../http/deadline.js";
import {
  type BackupVaultResource,
  backupVault,
  deletedBackupVault,
  type ListedBackupVault,
  listedBackupVault,
} from "./backupVaultResource.js";

/** Vaults by their ARM ids. Writes return when Azure's operation has ended; what the vault is then, `get` tells. */
export interface BackupVaults {
  /** Undefined where there is none, by its own 404 and by the list of its group. Anything that does not prove this throws. */
  get(id: string, options: OperationOptions): Promise<BackupVaultResource | undefined>;
  createOrUpdate(id: string, body: BackupVaultResource, options: VaultWriteOptions): Promise<void>;
  update(id: string, body: Partial<BackupVaultResource>, options: VaultWriteOptions): Promise<void>;
  /** Returns when the vault is really gone: Azure reports the operation as ended before that. */
  delete(id: string, options: WriteOptions): Promise<void>;
  listByResourceGroup(
    subscriptionId: string,
    resourceGroupName: string,
    options: OperationOptions,
  ): Promise<ListedBackupVault[]>;
  listBySubscription(subscriptionId: string, options: OperationOptions): Promise<ListedBackupVault[]>;
}

export interface VaultWriteOptions extends WriteOptions {
  /** @default the one for the soft delete that the body names; what the vault will be may say more than the body */
  apiVersion?: string;
}

export function createBackupVaults(client: ArmClient): BackupVaults {
  const list = (path: string, options: OperationOptions) =>
    listAll(client, { path, apiVersion }, listedBackupVault, options);
  const listOfGroup = shareNext(list);

  const get = (id: string, options: OperationOptions): Promise<BackupVaultResource | undefined> =>
    findListed<BackupVaultResource>({
      path: id,
      get: () => read(client, { path: id, apiVersion }, backupVault, options),
      list: () => listOfGroup(id.slice(0, id.lastIndexOf("/")), options),
    });

  const write = (
    method: "PUT" | "PATCH",
    path: string,
    body: Partial<BackupVaultResource>,
    { apiVersion, ...options }: VaultWriteOptions,
  ): Promise<void> => {
    const usual = writeApiVersion(body.properties?.securitySettings?.softDeleteSettings?.state);
    return writeToEnd(client, { method, path, apiVersion: apiVersion ?? usual, body }, options);
  };

  return {
    get,
    createOrUpdate: (id, body, options) => write("PUT", id, body, options),
    update: (id, body, options) => write("PATCH", id, body, options),

    async delete(id, options) {
      await deleteToEnd(client, { path: id, apiVersion }, options);
      // https://github.com/Azure/azure-rest-api-specs/issues/38944
      await untilGone(id, get, options);
    },

    listByResourceGroup: (subscriptionId, resourceGroupName, options) =>
      list(`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}${type}`, options),
    listBySubscription: (subscriptionId, options) =>
      noneWhereUnregistered(list(`/subscriptions/${subscriptionId}${type}`, options)),
  };
}

const type = "/providers/Microsoft.DataProtection/backupVaults";

/** A soft-deleted vault of either kind. */
export interface DeletedVault {
  /** Its ID among the soft-deleted vaults. */
  id: string;
  /** The ID that it had. */
  vaultId?: string;
  deletedAt?: string;
  purgedAt?: string;
  /** Its settings, if Azure shows them. Without its identities. */
  body?: Pick<BackupVaultResource, "location" | "properties">;
}

export interface DeletedBackupVaults {
  list(subscriptionId: string, location: string, options: OperationOptions): Promise<DeletedVault[]>;
}

export const createDeletedBackupVaults = (client: ArmClient): DeletedBackupVaults => ({
  async list(subscriptionId, location, options) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults`;
    const found = await listAll(client, { path, apiVersion }, deletedBackupVault, options);
    return found.map(({ id, properties }) => ({
      id,
      vaultId: properties.originalBackupVaultResourcePath,
      deletedAt: properties.resourceDeletionInfo?.deletionTime,
      purgedAt: properties.resourceDeletionInfo?.scheduledPurgeTime,
      body: { location, properties },
    }));
  },
});

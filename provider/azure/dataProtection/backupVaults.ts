import type { ArmClient } from "../armClient.js";
import { isArmError } from "../errors/armError.js";
import { noneWhereUnregistered } from "../errors/noneWhereUnregistered.js";
import { OperationTimeout } from "../errors/operationTimeout.js";
import { operationName } from "../operationName.js";
import { operationEnd, type WriteOptions } from "../operations.js";
import { find, listAll } from "../reads.js";
import { pause, remainingMs, type Within } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import type { BackupVaultResource } from "./backupVaultResource.js";

/** Vaults by their ARM ids. Writes return when Azure's operation has ended; what the vault is then, `get` tells. */
export interface BackupVaults {
  /** Undefined where there is none. Anything that does not prove this throws. */
  get(id: string, within: Within): Promise<BackupVaultResource | undefined>;
  createOrUpdate(id: string, body: BackupVaultResource, options: WriteOptions): Promise<void>;
  update(id: string, body: Partial<BackupVaultResource>, options: WriteOptions): Promise<void>;
  /** Returns when the vault is really gone: Azure reports the operation as ended before that. */
  delete(id: string, options: WriteOptions): Promise<void>;
  listByResourceGroup(
    subscriptionId: string,
    resourceGroupName: string,
    within: Within,
  ): Promise<BackupVaultResource[]>;
  listBySubscription(subscriptionId: string, within: Within): Promise<BackupVaultResource[]>;
}

export function createBackupVaults(client: ArmClient): BackupVaults {
  const get = (id: string, within: Within) => find<BackupVaultResource>(client, { path: id, apiVersion }, within);

  async function write(method: "PUT" | "PATCH" | "DELETE", id: string, body: unknown, options: WriteOptions) {
    const answer = await client.send({ method, path: id, apiVersion, headers: options.headers, body }, options);
    const accepted = { operation: operationName(method, id), resourceId: id, apiVersion, answer };
    await operationEnd(client, accepted, options, options.onProgress);
  }

  return {
    get,
    createOrUpdate: (id, body, options) => write("PUT", id, body, options),
    update: (id, body, options) => write("PATCH", id, body, options),

    async delete(id, options) {
      try {
        await write("DELETE", id, undefined, options);
      } catch (error) {
        // Of the vault: it was gone already. Of its operation: that went with it.
        if (!isArmError(error) || error.status !== 404) throw error;
      }
      // https://github.com/Azure/azure-rest-api-specs/issues/38944
      for (let waitMs = 100; (await get(id, options)) !== undefined; waitMs = Math.min(waitMs * 2, 10_000)) {
        if (remainingMs(options) <= waitMs) throw new OperationTimeout(operationName("DELETE", id), id, true, id);
        await pause(waitMs, options);
      }
    },

    listByResourceGroup: (subscriptionId, resourceGroupName, within) =>
      listAll(
        client,
        { path: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}${type}`, apiVersion },
        within,
      ),
    listBySubscription: (subscriptionId, within) =>
      noneWhereUnregistered(listAll(client, { path: `/subscriptions/${subscriptionId}${type}`, apiVersion }, within)),
  };
}

const type = "/providers/Microsoft.DataProtection/backupVaults";

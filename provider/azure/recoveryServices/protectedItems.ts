import { protectedItemsApiVersion as apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { untilGone } from "../arm/findListed.js";
import { isDeletedAlready, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import { shareNext } from "../arm/sharedReads.js";
import { findInVault } from "../dataProtection/inVault.js";
import type { OperationOptions } from "../http/deadline.js";
import { flag, type Kind, listOf, number, type Of, object, optional, shown, text } from "../reading/shapes.js";
import type { RecoveryServicesVaults } from "./recoveryServicesVaults.js";

/** https://learn.microsoft.com/rest/api/backup/protected-items/get */
const protectedItem = {
  noun: "a protected item",
  shape: object({
    id: text,
    name: text,
    properties: object({
      protectedItemType: optional(text),
      backupManagementType: optional(text),
      sourceResourceId: optional(text),
      friendlyName: optional(text),
      policyId: optional(text),
      protectionState: optional(text),
      isScheduledForDeferredDelete: optional(flag),
      deferredDeleteTimeInUTC: shown,
      extendedProperties: optional(
        object({
          diskExclusionProperties: optional(
            object({ diskLunList: optional(listOf(number)), isInclusionList: optional(flag) }),
          ),
        }),
      ),
    }),
  }),
} satisfies Kind<unknown>;
export type ProtectedItemResource = Of<typeof protectedItem.shape>;

export interface ProtectedItems {
  /** Undefined where there is none, by its own 404 and by the list of its vault. A soft-deleted one is there. */
  get(id: string, options: OperationOptions): Promise<ProtectedItemResource | undefined>;
  /** The soft-deleted ones too. */
  list(vaultId: string, options: OperationOptions): Promise<ProtectedItemResource[]>;
  /** Returns when Azure has ended it; what the item is then, `get` tells. */
  createOrUpdate(id: string, body: object, options: OperationOptions): Promise<void>;
  /** Returns when the item is gone, or soft-deleted. Succeeds also where there is none. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

/** @param vaults tells whether a 404 is about the item or about its vault */
export function createProtectedItems(client: ArmClient, vaults: Pick<RecoveryServicesVaults, "get">): ProtectedItems {
  const list: ProtectedItems["list"] = shareNext((vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupProtectedItems`, apiVersion }, protectedItem, options),
  );

  const get: ProtectedItems["get"] = (id, options) =>
    findInVault<ProtectedItemResource>(
      client,
      vaults,
      id,
      protectedItem,
      (vaultId) => list(vaultId, options),
      options,
      apiVersion,
    );

  return {
    get,
    list,
    createOrUpdate: (id, body, options) => writeToEnd(client, { method: "PUT", path: id, apiVersion, body }, options),
    async delete(id, options) {
      try {
        await writeToEnd(client, { method: "DELETE", path: id, apiVersion }, options);
      } catch (error) {
        if (!isDeletedAlready(error, id)) throw error;
      }
      await untilGone(id, async (each) => active(await get(each, options)), options);
    },
  };
}

const active = (item: ProtectedItemResource | undefined): ProtectedItemResource | undefined =>
  item?.properties.isScheduledForDeferredDelete === true ? undefined : item;

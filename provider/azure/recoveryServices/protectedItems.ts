import { protectedItemsApiVersion as apiVersion } from "../arm/apiVersions.js";
import { type ArmClient, operationName } from "../arm/armClient.js";
import { untilGone } from "../arm/findListed.js";
import { findInVault } from "../arm/inVault.js";
import { deleteToEnd, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import { shareNext } from "../arm/sharedReads.js";
import type { OperationOptions } from "../http/deadline.js";
import { shaped } from "../reading/responses.js";
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
      policyName: shown,
      protectionState: optional(text),
      /** An item without a backup has a time in 2001. */
      lastBackupTime: shown,
      lastBackupStatus: shown,
      lastRecoveryPoint: shown,
      isScheduledForDeferredDelete: optional(flag),
      /** When it was deleted, and for how many days it stays since then. The specification calls the days `...InDays`. */
      deferredDeleteTimeInUTC: shown,
      softDeleteRetentionPeriod: optional(number),
      softDeleteRetentionPeriodInDays: optional(number),
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
  /** Which vault protects a source, of all that Azure knows. Undefined: none. */
  protectingVault(source: BackupSource, options: OperationOptions): Promise<string | undefined>;
  /** Returns when the item is gone, or soft-deleted. Succeeds also where there is none. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

/** What Azure is asked about in a region. */
export interface BackupSource {
  location: string;
  resourceId: string;
  /** Azure's `DataSourceType`: `VM` or `AzureFileShare`. */
  resourceType: string;
  /** The name of a file share in the storage account that `resourceId` names. */
  poLogicalName?: string;
}

/** https://learn.microsoft.com/rest/api/backup/backup-status/get */
const backupStatus = object({ protectionStatus: optional(text), vaultId: optional(text) });

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
    async protectingVault({ location, ...body }, options) {
      const subscription = body.resourceId.split("/").slice(0, 3).join("/");
      const path = `${subscription}/providers/Microsoft.RecoveryServices/locations/${location}/backupStatus`;
      const response = await client.send({ method: "POST", path, apiVersion, body }, options);
      const name = operationName("POST", path);
      return shaped(response, name, "the status of a source's backup", backupStatus, false).vaultId || undefined;
    },
    async delete(id, options) {
      await deleteToEnd(client, { path: id, apiVersion }, options);
      await untilGone(id, async (each) => active(await get(each, options)), options);
    },
  };
}

const active = (item: ProtectedItemResource | undefined): ProtectedItemResource | undefined =>
  item?.properties.isScheduledForDeferredDelete === true ? undefined : item;

import { protectedItemsApiVersion as apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { deleteToEnd, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, type Of, object, optional, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/backup/backup-protection-containers/list */
const container = {
  noun: "a container",
  shape: object({
    id: text,
    name: text,
    properties: object({
      friendlyName: optional(text),
      backupManagementType: optional(text),
      sourceResourceId: optional(text),
    }),
  }),
} satisfies Kind<unknown>;
export type ProtectionContainerResource = Of<typeof container.shape>;

/** https://learn.microsoft.com/rest/api/backup/backup-protectable-items/list */
const protectableItem = {
  noun: "an item that can be protected",
  shape: object({
    id: text,
    name: text,
    properties: object({ friendlyName: optional(text), parentContainerFabricId: optional(text) }),
  }),
} satisfies Kind<unknown>;
export type ProtectableItemResource = Of<typeof protectableItem.shape>;

/** Writes return when Azure's operation has ended. */
export interface ProtectionContainers {
  /** What is registered with a vault, of one `backupManagementType`. */
  list(vaultId: string, managementType: string, options: OperationOptions): Promise<ProtectionContainerResource[]>;
  register(id: string, body: object, options: OperationOptions): Promise<void>;
  /** Succeeds also where it is not registered. */
  unregister(id: string, options: OperationOptions): Promise<void>;
  /** Makes Azure look anew for what can be protected in it. */
  inquire(id: string, managementType: string, options: OperationOptions): Promise<void>;
  /** What Azure has found in all that is registered with a vault, and does not protect yet. */
  protectableItems(
    vaultId: string,
    managementType: string,
    options: OperationOptions,
  ): Promise<ProtectableItemResource[]>;
}

export function createProtectionContainers(client: ArmClient): ProtectionContainers {
  const ofType = (managementType: string) => `backupManagementType eq '${managementType}'`;

  const listAt =
    <T>(path: string, kind: Kind<T>, more = "") =>
    (vaultId: string, managementType: string, options: OperationOptions): Promise<T[]> => {
      const query = { $filter: `${ofType(managementType)}${more}` };
      return listAll(client, { path: `${vaultId}/${path}`, apiVersion, query }, kind, options);
    };

  return {
    list: listAt("backupProtectionContainers", container, " and status eq 'Registered'"),
    register: (id, body, options) => writeToEnd(client, { method: "PUT", path: id, apiVersion, body }, options),
    unregister: (id, options) => deleteToEnd(client, { path: id, apiVersion }, options),
    inquire(id, managementType, options) {
      const query = { $filter: ofType(managementType) };
      return writeToEnd(client, { method: "POST", path: `${id}/inquire`, apiVersion, query }, options, id);
    },
    protectableItems: listAt("backupProtectableItems", protectableItem),
  };
}

import type { ArmClient } from "../arm/armClient.js";
import { type OperationOptions, previewDeadline } from "../http/deadline.js";
import { one, page } from "../reading/responses.js";
import { type Kind, number, object, text } from "../reading/shapes.js";
import { backupClient, recoveryServicesVaultParts, vaultsClient } from "./clients.js";
import type { ProtectedItems } from "./protectedItems.js";
import type { ProtectionContainers } from "./protectionContainers.js";

export interface ProtectedItem {
  name: string;
  id: string;
  /** The ARM id of its policy. */
  policyId?: string;
  state: string;
  managementType?: string;
  /** The ARM id of the machine, or of the storage account of a file share. */
  sourceResourceId?: string;
  type?: string;
  isSoftDeleted: boolean;
}

export interface RegisteredContainer {
  name: string;
  managementType?: string;
}

/** What lies in Recovery Services vaults. Each throws with the reason where it cannot be read. */
export interface VaultContents {
  /** The soft-deleted ones too. */
  protectedItems(vaultId: string, options?: OperationOptions): Promise<ProtectedItem[]>;
  containers(vaultId: string, options?: OperationOptions): Promise<RegisteredContainer[]>;
  replication(
    vaultId: string,
    options?: OperationOptions,
  ): Promise<{ replicatedItems: number; registeredServers: number }>;
  storageTypeState(vaultId: string, options?: OperationOptions): Promise<string>;
}

/**
 * Whose containers stay registered until somebody unregisters them. A virtual machine's comes and goes with its backups.
 * https://learn.microsoft.com/azure/backup/backup-azure-delete-vault
 */
const registered = ["AzureStorage", "AzureWorkload", "MAB", "DPM", "AzureBackupServer"];

/** https://learn.microsoft.com/rest/api/recoveryservices/replication-usages/list */
const replicationUsage = {
  noun: "a use by Site Recovery",
  shape: object({ protectedItemCount: number, registeredServersCount: number }),
} satisfies Kind<unknown>;

/** https://learn.microsoft.com/rest/api/backup/backup-resource-storage-configs-non-crr/get */
const storageConfig = {
  noun: "the vault's storage configuration",
  shape: object({ properties: object({ storageTypeState: text }) }),
} satisfies Kind<unknown>;

export function createVaultContents(
  client: ArmClient,
  items: Pick<ProtectedItems, "list">,
  containers: Pick<ProtectionContainers, "list">,
): VaultContents {
  return {
    async protectedItems(vaultId, options = previewDeadline()) {
      const found = await items.list(vaultId, options);
      return found.map(({ id, name, properties }) => ({
        name: properties.friendlyName ?? name,
        id,
        policyId: properties.policyId || undefined,
        state: properties.protectionState ?? "Unknown",
        managementType: properties.backupManagementType,
        sourceResourceId: properties.sourceResourceId,
        type: properties.protectedItemType,
        isSoftDeleted: properties.isScheduledForDeferredDelete === true,
      }));
    },

    async containers(vaultId, options = previewDeadline()) {
      const found = await Promise.all(registered.map((type) => containers.list(vaultId, type, options)));
      return found.flat().map(({ name, properties: { friendlyName, backupManagementType } }) => ({
        name: friendlyName ?? name,
        managementType: backupManagementType,
      }));
    },

    async replication(vaultId, options = previewDeadline()) {
      const { subscriptionId, resourceGroupName, vaultName } = recoveryServicesVaultParts(vaultId);
      const { replicationUsages } = await vaultsClient(client, subscriptionId, page(replicationUsage), options);
      let [replicatedItems, registeredServers] = [0, 0];
      for await (const usage of replicationUsages.list(resourceGroupName, vaultName)) {
        replicatedItems += usage.protectedItemCount ?? 0;
        registeredServers += usage.registeredServersCount ?? 0;
      }
      return { replicatedItems, registeredServers };
    },

    async storageTypeState(vaultId, options = previewDeadline()) {
      const { subscriptionId, resourceGroupName, vaultName } = recoveryServicesVaultParts(vaultId);
      const reading = one(storageConfig);
      const { backupResourceStorageConfigsNonCRR } = await backupClient(client, subscriptionId, reading, options);
      const { properties } = await backupResourceStorageConfigsNonCRR.get(vaultName, resourceGroupName);
      if (properties?.storageTypeState) return properties.storageTypeState;
      throw new Error("the vault's storage configuration does not say whether its storage type is locked.");
    },
  };
}

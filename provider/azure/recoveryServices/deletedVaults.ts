import type { ArmClient } from "../arm/armClient.js";
import type { WriteOptions } from "../arm/operations.js";
import type { DeletedVault } from "../dataProtection/backupVaults.js";
import type { OperationOptions } from "../http/deadline.js";
import { page } from "../reading/responses.js";
import { type Kind, object, optional, text } from "../reading/shapes.js";
import { vaultsClient } from "./clients.js";

/**
 * A soft-deleted Recovery Services vault. Its settings are not shown.
 * https://learn.microsoft.com/rest/api/recoveryservices/deleted-vaults/get
 */
const deletedVault = {
  noun: "a deleted Recovery Services vault",
  shape: object({
    id: text,
    name: text,
    properties: object({ vaultId: optional(text), vaultDeletionTime: optional(text), purgeAt: optional(text) }),
  }),
} satisfies Kind<unknown>;
export interface DeletedRecoveryServicesVaults {
  list(subscriptionId: string, location: string, options: OperationOptions): Promise<DeletedVault[]>;
  /** Brings the vault back into this resource group, with what is in it. */
  undelete(deletedVaultId: string, resourceGroupId: string, options: WriteOptions): Promise<void>;
}

export const createDeletedRecoveryServicesVaults = (client: ArmClient): DeletedRecoveryServicesVaults => ({
  async list(subscriptionId, location, options) {
    const { deletedVaults } = await vaultsClient(client, subscriptionId, page(deletedVault), options);
    const found: DeletedVault[] = [];
    for await (const { id = "", properties } of deletedVaults.listBySubscriptionId(location))
      found.push({
        id,
        vaultId: properties?.vaultId,
        // Microsoft's client has made dates of them.
        deletedAt: properties?.vaultDeletionTime?.toISOString(),
        purgedAt: properties?.purgeAt?.toISOString(),
      });
    return found;
  },

  async undelete(deletedVaultId, resourceGroupId, options) {
    const [, , subscriptionId = "", , , , location = "", , name = ""] = deletedVaultId.split("/");
    const { deletedVaults } = await vaultsClient(client, subscriptionId, undefined, options);
    await deletedVaults.undelete(location, name, { properties: { recoveryResourceGroupId: resourceGroupId } });
  },
});

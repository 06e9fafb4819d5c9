import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import { type DeletedBackupVaultResource, deletedBackupVault } from "./backupVaultResource.js";

export interface DeletedBackupVaults {
  list(subscriptionId: string, location: string, within: OperationOptions): Promise<DeletedBackupVaultResource[]>;
}

export const createDeletedBackupVaults = (client: ArmClient): DeletedBackupVaults => ({
  list(subscriptionId, location, within) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults`;
    return listAll(client, { path, apiVersion }, deletedBackupVault, within);
  },
});

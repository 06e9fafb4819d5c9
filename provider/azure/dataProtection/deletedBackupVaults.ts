import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { Within } from "../within.js";
import { apiVersion } from "./apiVersion.js";
import type { BackupVaultProperties } from "./backupVaultResource.js";

/** A soft-deleted vault. Its name is a GUID: several deleted vaults may have had the same name. */
export interface DeletedBackupVaultResource {
  id: string;
  name: string;
  location?: string;
  properties: BackupVaultProperties & {
    /** A GUID, not an ARM id. */
    originalBackupVaultId?: string;
    originalBackupVaultName?: string;
    originalBackupVaultResourcePath?: string;
    resourceDeletionInfo?: { deletionTime?: string; scheduledPurgeTime?: string };
  };
}

export interface DeletedBackupVaults {
  list(subscriptionId: string, location: string, within: Within): Promise<DeletedBackupVaultResource[]>;
}

export const createDeletedBackupVaults = (client: ArmClient): DeletedBackupVaults => ({
  list(subscriptionId, location, within) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults`;
    return listAll(client, { path, apiVersion }, within);
  },
});

import { invalidInput, unverified } from "../backupError.js";
import { holdsData, type VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/create-manage-backup-vault
export const redundancy: VaultRule = ({ before, after, vault }) => {
  if (before === undefined || !holdsData(vault)) return undefined;
  const changed = Object.entries(after.redundancy).some(
    ([store, type]) => before.redundancy[store] !== undefined && before.redundancy[store] !== type,
  );
  if (!changed) return undefined;
  return unverified(
    "redundancy-after-protection",
    "Storage redundancy cannot be changed after protecting items to the vault.",
  );
};

// Quoted in Azure/azure-rest-api-specs#21183.
export const snapshotStore: VaultRule = ({ after }) => {
  if (after.redundancy.SnapshotStore === undefined) return undefined;
  return invalidInput("SnapshotStore is no data store of a Backup vault.");
};

// hashicorp/terraform-provider-azurerm#31962, which does not quote the code.
export const archiveStoreAlone: VaultRule = ({ after }) => {
  if (Object.keys(after.redundancy).join() !== "ArchiveStore") return undefined;
  return unverified(
    "datastore-archive-store-alone",
    "A Backup vault with an ArchiveStore needs a VaultStore, too. How Azure says so is not known.",
  );
};

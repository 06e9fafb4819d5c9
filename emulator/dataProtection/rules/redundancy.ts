import { unverified } from "../backupError.js";
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

// https://github.com/Azure/bicep-types-az/issues/1194
export const snapshotStore: VaultRule = ({ after }) => {
  if (after.redundancy.SnapshotStore === undefined) return undefined;
  return unverified(
    "datastore-snapshot-store",
    "SnapshotStore is no data store of a Backup vault. How Azure says so is not known.",
  );
};

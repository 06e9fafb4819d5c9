import { backupError, contactSupport, invalidInput, unverified } from "./backupError.js";
import { holdsData, type VaultRule } from "./vaultSettings.js";

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
  return invalidInput("A Backup vault cannot have the data store SnapshotStore.");
};

// hashicorp/terraform-provider-azurerm#31962, which does not quote the code.
export const archiveStoreAlone: VaultRule = ({ after }) => {
  if (Object.keys(after.redundancy).join() !== "ArchiveStore") return undefined;
  return unverified(
    "datastore-archive-store-alone",
    "A Backup vault with an ArchiveStore also needs a VaultStore. Azure's own answer is not documented.",
  );
};

// https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore
export const crossRegionRestoreNeedsGeo: VaultRule = ({ after }) => {
  if (after.crossRegionRestore !== "Enabled") return undefined;
  if (Object.values(after.redundancy).every((type) => type === "GeoRedundant")) return undefined;
  return unverified(
    "crr-needs-geo",
    "Cross Region Restore is supported only for a Backup vault that uses Storage Redundancy = Geo-redundant.",
  );
};

// Recorded of vaults without a single instance: Azure/azure-cli-extensions, dataprotection/tests/latest/recordings.
export const crossRegionRestoreStays: VaultRule = ({ before, after }) => {
  if (before?.crossRegionRestore !== "Enabled" || after.crossRegionRestore === "Enabled") return undefined;
  return backupError(
    400,
    "UserErrorCrossRegionRestoreStateChangeNotAllowed",
    "CrossRegionRestore state cannot be changed from Enabled to Disabled.",
    [contactSupport],
  );
};

// https://learn.microsoft.com/azure/backup/create-manage-backup-vault
export const crossSubscriptionRestore: VaultRule = ({ before, after }) => {
  const [was, is] = [before, after].map((vault) => {
    const { featureSettings } = vault?.properties ?? {};
    return featureSettings?.crossSubscriptionRestoreSettings?.state;
  });
  if (was !== "PermanentlyDisabled" || is === "PermanentlyDisabled") return undefined;
  return unverified(
    "csr-permanently-disabled",
    "CSR once permanently disabled on a vault can't be re-enabled because it's an irreversible operation.",
  );
};

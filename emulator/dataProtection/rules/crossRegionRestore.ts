import { backupError, contactSupport, unverified } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

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

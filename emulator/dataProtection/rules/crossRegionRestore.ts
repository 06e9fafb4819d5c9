import { unverified } from "../backupError.js";
import { holdsData, type VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore
export const crossRegionRestoreNeedsGeo: VaultRule = ({ after }) => {
  if (after.crossRegionRestore !== "Enabled") return undefined;
  if (Object.values(after.redundancy).every((type) => type === "GeoRedundant")) return undefined;
  return unverified(
    "crr-needs-geo",
    "Cross Region Restore is supported only for a Backup vault that uses Storage Redundancy = Geo-redundant.",
  );
};

// https://learn.microsoft.com/azure/backup/quick-secondary-region-restore-postgresql-powershell
export const crossRegionRestoreStays: VaultRule = ({ before, after, vault }) => {
  if (before?.crossRegionRestore !== "Enabled" || after.crossRegionRestore === "Enabled") return undefined;
  if (!holdsData(vault)) return undefined;
  return unverified(
    "crr-after-protection",
    "You can't disable Cross Region Restore once protection has started with this feature enabled.",
  );
};

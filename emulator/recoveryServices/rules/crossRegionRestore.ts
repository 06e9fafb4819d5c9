import { unverified } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

// All of this file: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault

export const crossRegionRestoreNeedsGeo: VaultRule = ({ after }) => {
  if (after.crossRegionRestore !== "Enabled" || after.redundancy === "GeoRedundant") return undefined;
  return unverified("rsv-crr-needs-geo", "Cross Region Restore is available only for a vault with geo-redundancy.");
};

export const crossRegionRestoreStays: VaultRule = ({ before, after, vault }) => {
  if (before?.crossRegionRestore !== "Enabled" || after.crossRegionRestore === "Enabled") return undefined;
  if (!vault?.everProtected) return undefined;
  return unverified(
    "rsv-crr-after-protection",
    "Cross Region Restore can't be reverted to GRS or LRS after the protection starts for the first time.",
  );
};

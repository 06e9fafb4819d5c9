import { recoveryError, unverified } from "./recoveryError.js";
import type { VaultRule } from "./vaultSettings.js";

// https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
export const redundancy: VaultRule = ({ before, after, vault }) => {
  if (before === undefined || before.redundancy === after.redundancy || !vault?.everRegistered) return undefined;
  // As quoted in hashicorp/terraform-provider-azurerm#8813.
  return recoveryError(
    400,
    "StorageModelModifyError",
    "Storage Redundancy option is locked when the first machine is registered with the vault, and cannot be modified " +
      "thereafter.",
  );
};

// Both rules of cross-region restore: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault

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

// Documented as irreversible for Backup vaults; the value is the same here.
export const crossSubscriptionRestore: VaultRule = ({ before, after }) => {
  if (before?.crossSubscriptionRestore !== "PermanentlyDisabled") return undefined;
  if (after.crossSubscriptionRestore === "PermanentlyDisabled") return undefined;
  return unverified(
    "rsv-csr-permanently-disabled",
    "Cross Subscription Restore is permanently disabled on this vault. Azure's own answer is not documented.",
  );
};

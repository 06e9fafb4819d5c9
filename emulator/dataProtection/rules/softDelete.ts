import { invalidInput, unverified } from "../backupError.js";
import { isSecureByDefault } from "../secureByDefault.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
export const softDeleteAlwaysOn: VaultRule = ({ before, after }) => {
  if (before?.softDelete !== "AlwaysOn" || after.softDelete === "AlwaysOn") return undefined;
  return unverified("soft-delete-always-on", "Once you opt for this state, soft delete can't be disabled.");
};

// https://learn.microsoft.com/azure/backup/secure-by-default
export const softDeleteOff: VaultRule = ({ before, after, location, apiVersion }) => {
  if (after.softDelete !== "Off" || before?.softDelete === "Off") return undefined;
  if (!isSecureByDefault(location, apiVersion)) return undefined;
  return unverified(
    "soft-delete-off-by-api-version",
    `Disabling soft delete is not allowed for API version ${apiVersion} in a Backup vault in ${location}.`,
  );
};

// https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
export const softDeleteRetention: VaultRule = ({ after }) => {
  const days = after.retentionDurationInDays;
  if (days >= 14 && days <= 180) return undefined;
  // Clients send 0 with Off.
  if (after.softDelete === "Off" && days === 0) return undefined;
  return invalidInput(`retentionDurationInDays is ${days}: 14 to 180 days are possible.`);
};

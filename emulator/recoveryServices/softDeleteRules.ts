import { recoveryError, unverified } from "./recoveryError.js";
import type { VaultRule, VaultSettings } from "./vaultSettings.js";

// https://learn.microsoft.com/azure/backup/secure-by-default: generally available everywhere, for every version.
export const softDeleteOff: VaultRule = ({ before, after }) => {
  if (before === undefined || !isOff(after) || isOff(before)) return undefined;
  // As quoted by users.
  return recoveryError(
    400,
    "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
    "Disabling soft delete or enhanced security state is not allowed for this vault.",
  );
};

const isOff = ({ softDelete, enhancedSecurity }: VaultSettings): boolean =>
  [softDelete, enhancedSecurity].some((state) => state === "Disabled" || state === "Invalid");

/** A vault from earlier days keeps the state that it has. */
export const softDeleteAlwaysOn: VaultRule = ({ before, after }) => {
  const isAlwaysOn = after.softDelete === "AlwaysON" && after.enhancedSecurity === "AlwaysON";
  const isUnchanged = before?.softDelete === after.softDelete && before?.enhancedSecurity === after.enhancedSecurity;
  if (isAlwaysOn || isUnchanged) return undefined;
  return recoveryError(
    400,
    "BMSUserErrorSoftDeleteStateNotSetToAlwaysON",
    "Soft delete state and enhanced security state must be set to AlwaysON for this API version.",
  );
};

// https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
export const softDeleteRetention: VaultRule = ({ after }) => {
  const days = after.softDeleteRetentionPeriodInDays;
  if (days >= 14 && days <= 180) return undefined;
  return unverified(
    "rsv-retention-out-of-range",
    `softDeleteRetentionPeriodInDays is ${days}: it must be 14 to 180 days. Azure's own answer is not documented.`,
  );
};

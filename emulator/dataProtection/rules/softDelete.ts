import { unverifiedCode } from "../../http/unverifiedCode.js";
import { backupError, contactSupport, invalidInput, unverified } from "../backupError.js";
import { isSecureByDefault } from "../secureByDefault.js";
import type { VaultRule } from "./vaultChange.js";

// Recorded of azure-cli-extensions: test_dataprotection_backup_vault_update.
export const softDeleteAlwaysOn: VaultRule = ({ before, after }) => {
  if (before?.softDelete !== "AlwaysOn" || after.softDelete === "AlwaysOn") return undefined;
  return backupError(400, "UserErrorDisableSoftDeleteNotAllowed", "Cannot disable soft delete once set to AlwaysOn", [
    contactSupport,
  ]);
};

/**
 * Status, message and action as users met them; the code in the body was not quoted:
 * hashicorp/terraform-provider-azurerm#31874, #31877, #33194.
 */
export const softDeleteByApiVersion: VaultRule = ({ after, asksForAlwaysOn }) => {
  if (!asksForAlwaysOn || after.softDelete === "AlwaysOn") return undefined;
  return backupError(
    406,
    unverifiedCode("soft-delete-not-always-on"),
    "This API version requires backup vaults to have the soft delete setting configured to Enable Always-On Soft Delete.",
    [
      "To use this API version, you must configure backup vaults with the soft delete setting set to Enable Always-On " +
        "Soft Delete. If you don't want to enable this setting, use an older API version instead.",
    ],
  );
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

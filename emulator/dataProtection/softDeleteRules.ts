import { unverifiedCode } from "../arm/armError.js";
import { normalLocation } from "../arm/locations.js";
import type { Call } from "../arm/operation.js";
import { backupError, contactSupport, invalidInput, unverified } from "./backupError.js";
import type { VaultRule } from "./vaultSettings.js";

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
  return invalidInput(`retentionDurationInDays is ${days}: it must be 14 to 180 days.`);
};

/**
 * What Azure calls "secure by default": soft delete of whole vaults, and soft delete that cannot be turned off. For
 * Backup vaults it is generally available in three regions and for every api-version there; elsewhere it is a
 * preview, and comes with api-version 2025-09-01.
 * https://learn.microsoft.com/azure/backup/secure-by-default (page of 2025-11-10)
 */
export function isSecureByDefault(location: string, apiVersion: string): boolean {
  return isGenerallyAvailable(location) || apiVersion >= "2025-09-01";
}

/**
 * Whether every vault that is written has to have soft delete that is always on: from 2025-09-01 on. A test subscription
 * of Microsoft's was recorded to take all states in 2026-08 and 2026-09, in eastasia and centraluseuap.
 */
export function asksForAlwaysOn({ apiVersion, settings }: Pick<Call, "apiVersion" | "settings">): boolean {
  return apiVersion >= "2025-09-01" && !settings.lenientSoftDelete;
}

function isGenerallyAvailable(location: string): boolean {
  return ["australiaeast", "westcentralus", "eastasia"].includes(normalLocation(location));
}

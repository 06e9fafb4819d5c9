import { normalLocation } from "../resourceManager/locations.js";

/**
 * What Azure calls "secure by default": soft delete of whole vaults, and soft delete that cannot be turned off. For
 * Backup vaults it is generally available in three regions and for every api-version there; elsewhere it is a
 * preview, and comes with api-version 2025-09-01.
 * https://learn.microsoft.com/azure/backup/secure-by-default (page of 2025-11-10)
 */
export function isSecureByDefault(location: string, apiVersion: string): boolean {
  return isGenerallyAvailable(location) || apiVersion >= "2025-09-01";
}

function isGenerallyAvailable(location: string): boolean {
  return ["australiaeast", "westcentralus", "eastasia"].includes(normalLocation(location));
}

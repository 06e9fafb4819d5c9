import type { Call } from "../http/operation.js";
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

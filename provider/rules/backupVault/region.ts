import { type Maybe, unknown, type Vault } from "../../vaults/ruleVault.js";
import { type Truth, truthOf } from "../truth.js";

/**
 * Where soft delete by default is generally available for Backup vaults; elsewhere the api-version decides.
 * https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11)
 */
const generallyAvailable = ["australiaeast", "westcentralus", "eastasia"];

const securedByDefaultSince = "2025-09-01";

/** `East Asia` and `eastasia` are one region to Azure. */
export const regionOf = (location: string): string => location.replaceAll(" ", "").toLowerCase();

/** Whether the write is under the newer rules for soft delete. `side` says whose location it is. */
export function isSecuredByDefault(apiVersion: string, vault: Vault, side: "before" | "after"): Truth {
  const location: Maybe<string> | null | undefined = vault.location;
  if (isNewer(apiVersion)) return "yes";
  if (location === unknown || location === undefined || location === null) return side;
  return truthOf(generallyAvailable.includes(regionOf(location)));
}

/** Whether a write is by one of the versions that ask for soft delete that is AlwaysOn. */
export const isNewer = (apiVersion: string): boolean => isSince(apiVersion, securedByDefaultSince);

/** An api-version begins with its date; `-preview` comes after it. What has no date is taken for a new one. */
export function isSince(apiVersion: string, since: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(apiVersion)?.[0];
  return date === undefined || date >= since;
}

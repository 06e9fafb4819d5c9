import type { Vault } from "../../vaults/ruleVault.js";
import { differs, type Truth } from "../truth.js";
import { sameId } from "./identities.js";
import { regionOf } from "./region.js";

/** What Azure has no way to change on a vault. */
export const fixed = ["vaultName", "resourceGroupName", "subscriptionId", "location", "datastoreType"] as const;

export type FixedProperty = (typeof fixed)[number];

/** Whether a property asks for another vault. One that is not stated asks for nothing. */
export function isOther(property: FixedProperty, before: Vault, after: Vault): Truth {
  const absent = property === "datastoreType" ? "VaultStore" : undefined;
  const [from, to] = [before[property] ?? absent, after[property] ?? absent];
  if (from === undefined || to === undefined) return "no";
  return differs(from, to, (a, b) => sameId(regionOf(String(a)), regionOf(String(b))));
}

export const isReplacement = (before: Vault, after: Vault): boolean =>
  fixed.some((property) => isOther(property, before, after) === "yes");

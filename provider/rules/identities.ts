import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { AnyVault } from "./transition.js";
import { any, not, type OpenValue, type Truth, truthOf } from "./truth.js";
import { shown } from "./wording.js";

/** Azure does not keep the case of ids. */
export const sameId = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

/** `East Asia` and `eastasia` are one region to Azure. */
export const regionOf = (location: string): string => location.replaceAll(" ", "").toLowerCase();

export const isSystemAssigned = (identity: string): boolean => sameId(identity, "SystemAssigned");

/**
 * Whether an identity, `SystemAssigned` or an ARM id, is on the vault.
 *
 * @param open the answer where the vault's identities are not known
 * @param whose the answer where it is not known which identity is meant
 */
export function isAttached(identity: Maybe<string>, vault: AnyVault, open: OpenValue, whose: OpenValue = open): Truth {
  const { systemAssigned, userAssigned } = vault.identity ?? {};
  if (identity === unknown) return knownIdentities(vault).length === 0 && !hasOpen(vault) ? "no" : whose;
  if (isSystemAssigned(identity)) return systemAssigned === unknown ? open : truthOf(systemAssigned === true);
  if (userAssigned === unknown) return open;
  const ids = userAssigned ?? [];
  if (ids.some((id) => id !== unknown && sameId(id, identity))) return "yes";
  return ids.includes(unknown) ? open : "no";
}

/** The identities that are known to be on a vault. */
export function knownIdentities({ identity }: AnyVault): string[] {
  const { systemAssigned, userAssigned } = identity ?? {};
  const ids = !userAssigned || userAssigned === unknown ? [] : userAssigned.filter((id) => id !== unknown);
  return [...(systemAssigned === true ? ["SystemAssigned"] : []), ...ids];
}

/** Whether an identity leaves the vault. */
export function isAnyRemoved(before: AnyVault, after: AnyVault): Truth {
  const leave = knownIdentities(before).map((id) => not(isAttached(id, after, "unknownDesired")));
  return any(...leave, hasOpen(before) ? "unknownCurrent" : "no");
}

/** Whether the identities of the vault change. */
export function identitiesDiffer(before: AnyVault, after: AnyVault): Truth {
  const leave = knownIdentities(before).map((id) => isAttached(id, after, "unknownDesired"));
  const come = knownIdentities(after).map((id) => isAttached(id, before, "unknownCurrent"));
  if ([...leave, ...come].includes("no")) return "yes";
  if (hasOpen(before)) return "unknownCurrent";
  return hasOpen(after) ? "unknownDesired" : "no";
}

function hasOpen({ identity }: AnyVault): boolean {
  const { systemAssigned, userAssigned } = identity ?? {};
  return systemAssigned === unknown || userAssigned === unknown || (userAssigned ?? []).includes(unknown);
}

/** The last part of an id is enough to recognise an identity. */
export function shownIdentity(identity: Maybe<string> | undefined): string {
  const name = typeof identity === "string" ? identity.slice(identity.lastIndexOf("/") + 1) : "";
  return name === "" ? shown(identity) : name;
}

export function shownIdentities(vault: AnyVault): string {
  const names = knownIdentities(vault).map(shownIdentity).sort();
  return [...names, ...(hasOpen(vault) ? [shown(unknown)] : [])].join(", ") || "None";
}

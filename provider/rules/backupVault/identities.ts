import { type Maybe, unknown, type Vault } from "../../vaults/ruleVault.js";
import { any, not, type Truth, truthOf } from "../truth.js";
import { shown } from "../wording.js";

type Side = "before" | "after";

/** Azure does not keep the case of ids. */
export const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const isSystemAssigned = (identity: string): boolean => sameId(identity, "SystemAssigned");

/** Whether an identity, `SystemAssigned` or an ARM id, is on the vault. `whose` says who names the identity. */
export function isAttached(identity: Maybe<string>, vault: Vault, side: Side, whose: Side = side): Truth {
  const { systemAssigned, userAssigned } = vault.identity ?? {};
  if (identity === unknown) return knownIdentities(vault).length === 0 && !hasOpen(vault) ? "no" : whose;
  if (isSystemAssigned(identity)) return systemAssigned === unknown ? side : truthOf(systemAssigned === true);
  if (userAssigned === unknown) return side;
  const ids = userAssigned ?? [];
  if (ids.some((id) => id !== unknown && sameId(id, identity))) return "yes";
  return ids.includes(unknown) ? side : "no";
}

/** The identities that are known to be on a vault. */
export function knownIdentities({ identity }: Vault): string[] {
  const { systemAssigned, userAssigned } = identity ?? {};
  const ids = !userAssigned || userAssigned === unknown ? [] : userAssigned.filter((id) => id !== unknown);
  return [...(systemAssigned === true ? ["SystemAssigned"] : []), ...ids];
}

/** Whether an identity leaves the vault. */
export function isAnyRemoved(before: Vault, after: Vault): Truth {
  const leave = knownIdentities(before).map((id) => not(isAttached(id, after, "after")));
  return any(...leave, hasOpen(before) ? "before" : "no");
}

/** Whether the identities of the vault change. */
export function identitiesDiffer(before: Vault, after: Vault): Truth {
  const leave = knownIdentities(before).map((id) => isAttached(id, after, "after"));
  const come = knownIdentities(after).map((id) => isAttached(id, before, "before"));
  if ([...leave, ...come].includes("no")) return "yes";
  if (hasOpen(before)) return "before";
  return hasOpen(after) ? "after" : "no";
}

function hasOpen({ identity }: Vault): boolean {
  const { systemAssigned, userAssigned } = identity ?? {};
  return systemAssigned === unknown || userAssigned === unknown || (userAssigned ?? []).includes(unknown);
}

/** The last part of an id is enough to recognise an identity. */
export function shownIdentity(identity: Maybe<string> | undefined): string {
  return typeof identity === "string" ? (/[^/]+$/.exec(identity)?.[0] ?? shown(identity)) : shown(identity);
}

export function shownIdentities(vault: Vault): string {
  const names = knownIdentities(vault).map(shownIdentity).sort();
  return [...names, ...(hasOpen(vault) ? [shown(unknown)] : [])].join(", ") || "None";
}

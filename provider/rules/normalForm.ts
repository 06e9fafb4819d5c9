import { unknown, type Vault } from "./vault.js";

/** Whether both vaults are known to be the same to every rule. A value that is not known yet may be any. */
export function isSame(before: Vault, after: Vault): boolean {
  return !hasUnknown(before) && !hasUnknown(after) && JSON.stringify(before) === JSON.stringify(after);
}

function hasUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === unknown;
  return Object.values(value).some(hasUnknown);
}

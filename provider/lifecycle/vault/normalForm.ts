import { isUnknown } from "../../host/unknowns.js";
import { unknown, type Vault } from "../../vaults/ruleVault.js";
import type { VaultSettings } from "./vaultInputs.js";

export function identityOf(identity: VaultSettings["identity"]): Vault["identity"] {
  if (identity === undefined) return undefined;
  if (isUnknown(identity) || isUnknown(identity.type)) return { systemAssigned: unknown, userAssigned: unknown };
  return {
    systemAssigned: identity.type.startsWith("SystemAssigned"),
    userAssigned: markUnknown(identity.userAssignedIdentities ?? []) as string[],
  };
}

/** An object whose leaves are all unknown where the object itself is. */
export function fields(object: object | undefined, names: string[]): object | undefined {
  if (isUnknown(object)) return Object.fromEntries(names.map((name) => [name, unknown]));
  return object && (markUnknown(object) as object);
}

export function markUnknown(value: unknown): unknown {
  if (isUnknown(value)) return unknown;
  if (Array.isArray(value)) return value.map(markUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markUnknown(item)]));
}

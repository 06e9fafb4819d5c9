import { isUnknown } from "../../host/unknowns.js";
import { isWhole } from "./isWhole.js";
import type { VaultInputs } from "./vaultInputs.js";

/**
 * What the vault will be: all that it has, less what the program set before and sets no longer, and over it what the
 * program says.
 */
export function merge<T extends Partial<VaultInputs>>(
  live: Partial<T>,
  wanted: T,
  removed: readonly (keyof T)[] = [],
): T {
  const merged: Partial<T> = { ...live, ...wanted };
  for (const name of removed) delete merged[name];
  for (const name of Object.keys(wanted) as (keyof T & string)[]) {
    if (isWhole(name) || !isFields(wanted[name])) continue;
    const has = isFields(live[name]) ? live[name] : {};
    merged[name] = { ...has, ...wanted[name] } as T[typeof name];
  }
  if (isFields(wanted.encryption)) merged.encryption = { ...merged.encryption, state: "Enabled" } as T["encryption"];
  return merged as T;
}

/** Of the program's settings these, and nothing of what the vault has besides. */
export const only = <T extends object>(inputs: T, names: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(names.map((name) => [name, inputs[name]])) as Partial<T>;

const isFields = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);

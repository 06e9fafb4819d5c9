import type { Facts } from "./facts.js";
import { type Maybe, unknown } from "./vault.js";

const notKnown = "a value that is not known yet";

/** A value as messages show it. */
export function shown(value: Maybe<string | number> | undefined): string {
  if (value === undefined) return "not set";
  return value === unknown ? notKnown : String(value);
}

/** Why the vault's present value of a setting is not known. */
export function vaultNotRead(property: string, facts: Facts): string {
  const { vault } = facts;
  const why = vault && "unreadable" in vault ? `the vault could not be read: ${ended(vault.unreadable)}` : "";
  return `The vault's present ${property} is not known${why ? `, because ${why}` : "."}`;
}

/** A text that ends as a sentence does. */
export function ended(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

export const comesAtUp = "The new value is not known before `pulumi up`.";

import { type Maybe, unknown } from "../vaults/ruleVault.js";

/** A value as messages show it. */
export function shown(value: Maybe<string | number> | null | undefined): string {
  if (value === undefined || value === null) return "unset";
  if (value === unknown) return "a value that is not known yet";
  return value === "" ? '""' : String(value);
}

/** A text that ends as a sentence does. */
export function ended(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** A sentence that another one goes on from. */
export const unended = (sentence: string): string => sentence.replace(/\.$/, "");

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const shownItems = 3;

/** The first few of perhaps a thousand, and how many more there are. */
export function firstFew(words: readonly string[]): string {
  const more = words.length - shownItems;
  return more > 0 ? `${words.slice(0, shownItems).join(", ")} and ${more} more` : listed(words);
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

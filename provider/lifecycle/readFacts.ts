import type { Fact, FactName, Facts } from "../rules/index.js";
import { messageOf } from "./messageOf.js";

export type FactLoaders = Partial<Record<FactName, () => Promise<unknown>>>;

/** Reads the facts that verdicts asked for, all at once. What cannot be read says why; nothing is thrown. */
export async function readFacts(readers: FactLoaders, names: FactName[]): Promise<Facts> {
  const facts = await Promise.all(names.map(async (name) => [name, await orUnreadable(name, readers[name])] as const));
  return Object.fromEntries(facts);
}

async function orUnreadable<T>(name: FactName, read: (() => Promise<T>) | undefined): Promise<Fact<T>> {
  if (!read) return { unreadable: `a vault of this kind has no ${name}` };
  try {
    return { value: await read() };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

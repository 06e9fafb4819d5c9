import type { AzureFacts } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Fact, FactName, Facts } from "../../rules/index.js";

export type FactLoaders = Partial<Record<FactName, () => Promise<unknown>>>;

/** Reads the facts that verdicts need, all at once. A fact that cannot be read says why; nothing is thrown. */
export async function readFacts(loaders: FactLoaders, names: FactName[]): Promise<Facts> {
  const facts = await Promise.all(names.map(async (name) => [name, await orUnreadable(name, loaders[name])] as const));
  return Object.fromEntries(facts);
}

async function orUnreadable<T>(name: FactName, load: (() => Promise<T>) | undefined): Promise<Fact<T>> {
  if (!load) return { unreadable: `a vault of this kind has no ${name}` };
  try {
    return { value: await load() };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an earlier plan of this run has read facts. */
export const isShared = ({ run }: Context): boolean => run.facts !== undefined;

/** The facts that the plans of a run share: ten vaults with one key read it once. A write reads everything again. */
export function sharedFacts({ run, azure }: Context): AzureFacts {
  run.facts ??= azure().factsReadOnce();
  return run.facts;
}

/** Called after a change of something that other plans may have read. */
export const forgetFacts = ({ run }: Context): void => {
  run.facts = undefined;
};

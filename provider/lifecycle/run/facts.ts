import type { SharedReads } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Fact, FactName, Facts } from "../../rules/index.js";

export type FactLoaders = Partial<Record<FactName, () => Promise<unknown>>>;

/** Reads the facts that verdicts need, all at once. A fact that cannot be read says why; nothing is thrown. */
export async function readFacts(loaders: FactLoaders, names: FactName[]): Promise<Facts> {
  const read = async (name: FactName): Promise<Fact<unknown>> => {
    const load = loaders[name];
    return load ? orUnreadable(load) : { unreadable: `a vault of this kind has no ${name}` };
  };
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
}

/** What was read, or why it could not be. */
export async function orUnreadable<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether an earlier plan of this run has read facts. */
export const isShared = ({ run }: Context): boolean => run.facts !== undefined;

/** The facts that the plans of a run share: ten vaults with one key read it once. A write reads everything again. */
export function sharedFacts({ run, azure }: Context): SharedReads {
  run.facts ??= azure().factsReadOnce();
  return run.facts;
}

/** Called after a change of something that other plans may have read. @param under the path of all that it changes, if that is known */
export function forgetFacts({ run }: Context, under?: string): void {
  if (under === undefined) run.facts = undefined;
  else run.facts?.forget(under);
}

const recentMs = 30_000;

/**
 * What many new resources need to know besides themselves, read once for all that are created within half a minute: a vault with a
 * hundred instances would otherwise be read a hundred times, and the list of a group's vaults, which confirms that a new vault is
 * not there, for each of a thousand new ones. A 404 is never shared. It only lets pass what Azure checks once more; whoever finds
 * that something is missing has to read it anew (decisions/backup-instances.md).
 */
export function recentReads({ run, azure }: Context): SharedReads {
  run.recent ??= azure().factsReadOnce(recentMs);
  return run.recent;
}

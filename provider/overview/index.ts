import type { Azure, OperationOptions } from "../azure/index.js";
import { messageOf } from "../lifecycle/run/facts.js";
import { kindOf, vaultNouns } from "../vaults/vaultId.js";
import { type OverviewReader, readers } from "./readers.js";
import { readOverview } from "./readOverview.js";
import type { VaultOverview } from "./vaultOverview.js";

export { jobDays } from "./jobs.js";
export type * from "./vaultContents.js";
export type * from "./vaultOverview.js";

/** The overview of one vault. Undefined if it does not exist. Throws if the vault itself cannot be read. */
export async function overviewOf(
  azure: Azure,
  vaultId: string,
  options: OperationOptions,
): Promise<VaultOverview | undefined> {
  const reader = readers[kindOf(vaultId)];
  const live = await reader.service.vaults(azure).get(vaultId, options);
  return live && readOverview(azure, reader, vaultId, live, options);
}

export interface SubscriptionOverview {
  vaults: VaultOverview[];
  /** The vaults, or whole kinds of vaults, that could not be read. */
  problems: { what: string; why: string }[];
}

export interface Options {
  /** How many vaults are read at a time. @default 8 */
  parallel?: number;
  /** The time limit for the list and for each vault. @default 2 minutes */
  timeoutMs?: number;
  /** Called when the vaults are listed and after each vault. */
  onProgress?: (read: number, all: number) => void;
}

/**
 * The overviews of all vaults of a subscription, by name. If one vault or the list of one kind cannot be read, the others
 * still are. Throws if nothing could be listed.
 */
export async function overviewsIn(
  azure: Azure,
  subscriptionId: string,
  { parallel = 8, timeoutMs = 120_000, onProgress = () => {} }: Options = {},
): Promise<SubscriptionOverview> {
  const within = (): OperationOptions => ({ deadline: Date.now() + timeoutMs });
  const lists = await Promise.all(
    Object.values(readers).map((reader) => listed(reader, azure, subscriptionId, within())),
  );
  const failures = lists.flatMap(({ problem }) => problem?.why ?? []);
  if (failures.length === lists.length) throw new Error([...new Set(failures)].join("\n"));
  const found = lists.flatMap(({ vaults }) => vaults);
  let read = 0;
  onProgress(read, found.length);
  const results = await mapConcurrent(parallel, found, async ({ id, overview }) => {
    const result = await tryOverview(id, () => overview(within()));
    read += 1;
    onProgress(read, found.length);
    return result;
  });
  const byName = (a: VaultOverview, b: VaultOverview) => a.vaultName.localeCompare(b.vaultName);
  return {
    vaults: results.flatMap(({ value }) => value ?? []).sort(byName),
    problems: [...lists, ...results].flatMap(({ problem }) => problem ?? []),
  };
}

async function listed(reader: OverviewReader, azure: Azure, subscriptionId: string, options: OperationOptions) {
  const what = `the ${vaultNouns[reader.service.kind]}s of subscription ${subscriptionId}`;
  const { value = [], problem } = await tryOverview(what, () => reader.list(azure, subscriptionId, options));
  const vaults = value.map((live) => {
    const { id } = live;
    if (!id) throw new Error("Azure's list contains a vault without an ID.");
    return { id, overview: (each: OperationOptions) => readOverview(azure, reader, id, live, each) };
  });
  return { vaults, problem };
}

interface Tried<T> {
  value?: T;
  problem?: { what: string; why: string };
}

async function tryOverview<T>(what: string, work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: { what, why: messageOf(error) } };
  }
}

/** Runs `work` on all items, at most `limit` at a time. The results are in the order of the items. */
export async function mapConcurrent<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

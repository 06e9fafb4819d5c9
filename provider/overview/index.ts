import type { Azure, OperationOptions } from "../azure/index.js";
import { messageOf } from "../lifecycle/messageOf.js";
import { vaultNouns } from "../rules/index.js";
import { kindOf, kinds } from "./kinds.js";
import { mapConcurrent } from "./mapConcurrent.js";
import type { VaultKind } from "./vaultKind.js";
import type { VaultOverview } from "./vaultOverview.js";

export { kindOf, partsOfVaultId } from "./kinds.js";
export { jobDays } from "./recentJobs.js";
export type * from "./vaultOverview.js";

/** One vault. Undefined: Azure says that there is none. What prevents a look at the vault itself is thrown. */
export async function overviewOf(
  azure: Azure,
  vaultId: string,
  within: OperationOptions,
): Promise<VaultOverview | undefined> {
  const vault = await kindOf(vaultId).find(azure, vaultId, within);
  return vault?.overview(within);
}

export interface SubscriptionOverview {
  vaults: VaultOverview[];
  /** The vaults, or whole kinds of vaults, of which nothing could be read. */
  problems: { what: string; why: string }[];
}

export interface Options {
  /** How many vaults are read at a time. @default 8 */
  parallel?: number;
  /** For the list, and for each vault. @default 2 minutes */
  timeoutMs?: number;
  /** Called when the vaults are listed, and after each one. */
  onProgress?: (read: number, all: number) => void;
}

/**
 * All vaults of a subscription, by name. What happens to one, or to the list of one kind, does not end the reading of the
 * others. Throws where nothing could be listed.
 */
export async function overviewsIn(
  azure: Azure,
  subscriptionId: string,
  { parallel = 8, timeoutMs = 120_000, onProgress = () => {} }: Options = {},
): Promise<SubscriptionOverview> {
  const previewDeadline = (): OperationOptions => ({ deadline: Date.now() + timeoutMs });
  const lists = await Promise.all(kinds.map((kind) => listed(kind, azure, subscriptionId, previewDeadline())));
  const failures = lists.flatMap(({ problem }) => problem?.why ?? []);
  if (failures.length === lists.length) throw new Error([...new Set(failures)].join("\n"));
  const found = lists.flatMap(({ vaults }) => vaults);
  let read = 0;
  onProgress(read, found.length);
  const looks = await mapConcurrent(parallel, found, async ({ id, overview }) => {
    const look = await orProblem(id, () => overview(previewDeadline()));
    read += 1;
    onProgress(read, found.length);
    return look;
  });
  const byName = (a: VaultOverview, b: VaultOverview) => a.vaultName.localeCompare(b.vaultName);
  return {
    vaults: looks.flatMap(({ value }) => value ?? []).sort(byName),
    problems: [...lists, ...looks].flatMap(({ problem }) => problem ?? []),
  };
}

async function listed(kind: VaultKind, azure: Azure, subscriptionId: string, within: OperationOptions) {
  const what = `the ${vaultNouns[kind.name]}s of subscription ${subscriptionId}`;
  const { value = [], problem } = await orProblem(what, () => kind.list(azure, subscriptionId, within));
  return { vaults: value, problem };
}

interface Tried<T> {
  value?: T;
  problem?: { what: string; why: string };
}

async function orProblem<T>(what: string, work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: { what, why: messageOf(error) } };
  }
}

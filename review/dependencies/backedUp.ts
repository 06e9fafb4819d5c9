import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { isRemovedIn } from "./backups.js";
import type { DependencyChange } from "./change.js";
import type { Knowledge, KnownVault } from "./known.js";
import { isBelow, sameId, subscriptionIn } from "./reading.js";
import { type Found, type Source, storageNameOf } from "./source.js";
import { liveIn } from "./sourcesInAzure.js";
import { shown } from "./sourcesInPreview.js";
import { accountIdsOf } from "./storageAccounts.js";

export interface Sources {
  sources: Source[];
  /** Why there may be more. */
  unread: string | undefined;
}

/** A change of which not more than its arguments are known. */
type Changed = Pick<DependencyChange, "planned" | "old" | "wanted" | "known" | "context">;

/**
 * What is backed up of a storage account, by the preview and by the vaults in Azure of its subscription. `remaining`: and stays so.
 * `perhaps`: also what is backed up into a storage account that the preview hides, which may be this one. `lost`: besides that, what
 * would go together with its only backups, because the run replaces its instance or item. That this is deleted as well is no decision
 * to give up the backups, as its deletion is.
 */
type Which = "remaining" | "perhaps" | "lost";

export async function sourcesOf(
  change: Changed,
  account: string | undefined,
  which: Which = "remaining",
): Promise<Sources> {
  if (account === undefined) return { sources: [], unread: undefined };
  const hidden = which !== "remaining" ? (shown(change.known).get(unknown) ?? []) : [];
  const inPreview = [...(shown(change.known).get(account) ?? []), ...hidden];
  return sourcesAmong(change, inPreview, (each) => storageNameOf(each) === account, which);
}

/** The same of the storage accounts and clusters that the arguments of a change name, such as a template in it. */
export function sourcesNamedBy(change: Changed): Promise<Sources> {
  const { old, new: wanted } = change.planned;
  const text = JSON.stringify([old?.id, old?.inputs, wanted?.inputs]).toLowerCase();
  const words = new Set<Maybe<string>>(text.match(/[\w-]+/g));
  return sourcesWhere(
    change,
    (each) =>
      words.has(storageNameOf(each)) ||
      (each.cluster !== undefined && text.includes(each.cluster.clusterId.toLowerCase())),
  );
}

/** The same of an AKS cluster, also if it is not known into which storage account. */
export const sourcesOfCluster = (change: Changed, clusterId: string): Promise<Sources> =>
  sourcesWhere(change, ({ cluster }) => sameId(cluster?.clusterId, clusterId));

/** The same of all storage accounts in a scope, also by vaults that are in it. */
export const sourcesIn = (
  change: Changed,
  isInScope: (accountId: string) => boolean,
  subscriptions: readonly string[],
): Promise<Sources> =>
  sourcesWhere(change, ({ accountId }) => accountId !== unknown && isInScope(accountId), subscriptions);

const sourcesWhere = (
  change: Changed,
  isMeant: (each: Found) => boolean,
  subscriptions?: readonly string[],
): Promise<Sources> =>
  sourcesAmong(change, [...shown(change.known).values()].flat().filter(isMeant), isMeant, "remaining", subscriptions);

async function sourcesAmong(
  change: Changed,
  inPreview: readonly Found[],
  isMeant: (each: Found) => boolean,
  which: Which = "remaining",
  subscriptions: readonly string[] = accountIdsOf(change).flatMap(subscriptionIn),
): Promise<Sources> {
  const { known } = change;
  const { vaults, unread, isBlind } = await known.vaults(subscriptions);
  const live = await liveIn(known, vaults);
  const sources = await withPlaces(change, inPreview, live.found, isMeant, which);
  // Most storage accounts are not backed up: without access to Azure, only what the preview shows counts.
  return { sources, unread: isBlind ? undefined : (unread ?? live.unread) };
}

/** The same of what is in a scope, such as a resource group, of vaults that are not in it. */
export async function sourcesBelow(
  change: DependencyChange,
  scope: string,
  elsewhere: readonly KnownVault[],
  which: Which = "remaining",
): Promise<Sources> {
  const isMeant = ({ accountId, vault }: Found) => isBelow(scope, accountId) && !isBelow(scope, vault.id);
  const isHidden = ({ accountId, vault }: Found) => accountId === unknown && !isBelow(scope, vault.id);
  const { found, unread } = await liveIn(change.known, elsewhere);
  const inPreview = [...shown(change.known).values()]
    .flat()
    .filter((each) => isMeant(each) || (which === "lost" && isHidden(each)));
  const sources = await withPlaces(change, inPreview, found, isMeant, which);
  return { sources, unread };
}

/** What Azure has counts before what the preview shows of it, except for what the run writes. */
async function withPlaces(
  { known, context }: Changed,
  inPreview: readonly Found[],
  live: readonly Found[],
  isMeant: (each: Found) => boolean,
  which: Which,
): Promise<Source[]> {
  const meant = live.filter(isMeant);
  // What the preview hides of a storage account, Azure shows, unless that cannot be read either.
  const isShown = (each: Found) => storageNameOf(each) !== "";
  const others = inPreview.filter(
    ({ id, accountId }) => !(accountId === unknown ? live.filter(isShown) : meant).some((each) => sameId(each.id, id)),
  );
  const afterRun = meant.map((each) => {
    const written = inPreview.find(({ id }) => sameId(each.id, id))?.stoppedByRun;
    return written === undefined ? each : { ...each, isStopped: written };
  });
  const all = [...afterRun, ...others].filter(({ vault }) => !context.deleted.has(vault.id.toLowerCase()));
  const found = all.map(async ({ placed, stoppedByRun: _, ...source }): Promise<Source | undefined> => {
    if (!isRemovedIn(known, source.id)) return { ...source, place: await placed() };
    if (which !== "lost" || !isReplacedIn(known, source.id)) return undefined;
    const place = await placed();
    // Soft delete of the vault keeps these.
    return place === "vault" ? undefined : { ...source, place };
  });
  return (await Promise.all(found)).filter((each) => each !== undefined);
}

const isReplacedIn = ({ all }: Knowledge, id: string): boolean =>
  all.some(({ action, old }) => action === "replace" && sameId(old?.id, id));

import type { BackedUp, FactName, Instance, ProtectedItem } from "../../provider/rules/index.js";
import type { ClusterStorage } from "../../provider/vaults/clusterStorage.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { subjectOf } from "../vaults/index.js";
import { includesVault, isReplicated, type Place, placeIn, placeOf } from "./backupPlace.js";
import { isRemovedIn, vaultOf } from "./backups.js";
import type { DependencyChange } from "./change.js";
import { isStoppedIn, policyOf, stoppedByRun } from "./changedBackups.js";
import { clusterIn, storagesShown } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { isStopped } from "./protectedSources.js";
import { isBelow, type Reading, readingOf, sameId, subscriptionIn } from "./reading.js";
import { containersIn } from "./selections.js";

/** What a backup instance or protected item backs up of a storage account, or of a cluster into one. */
export interface Source extends BackedUp {
  id: string;
  vault: BackedUp["vault"] & { id: string };
  accountId: string;
  /** A file share by its name, a cluster by what it is backed up into. Undefined: the account's blobs. */
  share?: string;
  cluster?: ClusterStorage;
  /** The containers that the backup in the vault is of. `unknown`: that is not known. Undefined: the instance names none. */
  containers?: Maybe<readonly string[]>;
  place: Place;
  /** Its backup is stopped: no more are made. */
  isStopped: boolean;
  /** Whether backups of blobs go into the vault by object replication. Undefined: it is of no blobs. */
  isReplicated?: () => Promise<Truth>;
}

export interface Sources {
  sources: Source[];
  /** Why there may be more. */
  unread: string | undefined;
}

type Found = Omit<Source, "place"> & {
  placed(): Place | Promise<Place>;
  /** Whether it is stopped, by what the run writes of it. */
  stoppedByRun?: boolean;
};

const accountPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+/i;

/** The ARM ID of the storage account in that of something in it. */
export const accountIn = (id: unknown): string | undefined =>
  typeof id === "string" ? accountPart.exec(id)?.[0] : undefined;

/**
 * The name of the storage account that a resource is, or is in. Names are unique in Azure. One that is created has no ID yet, and what
 * azurerm manages by the service of its own has that service's address as its ID.
 */
export function accountNameOf(change: Pick<DependencyChange, "old" | "wanted" | "planned">): string | undefined {
  const { old, wanted } = change;
  const [id] = accountIdsOf(change);
  if (id !== undefined) return accountNameIn(id);
  const named = [old, wanted].flatMap((reading) => {
    const [, inPath] =
      /(?:^|\/)storageAccounts\/([^/]+)/i.exec(String(reading.text("parentResourcePath")?.toString())) ?? [];
    return inPath ?? reading.text("storageAccountName", "accountName") ?? [];
  });
  const [, host] = /^https:\/\/([^./]+)\./.exec(old.id ?? "") ?? [];
  const name = named[0] ?? host;
  return typeof name === "string" ? accountNameIn(name) : undefined;
}

/** The arguments of each provider with the ARM ID of a storage account, or of something in it. */
const idPaths = [
  ...["storageAccountId", "resourceManagerId"],
  // Terraform and Pulumi spell those of azapi differently.
  ...["resourceId", "resource_id", "parentId", "parent_id"],
];

/** The ARM IDs by which it says which storage account it is, or is in. */
const accountIdsOf = ({ old, wanted, planned }: Pick<DependencyChange, "old" | "wanted" | "planned">): string[] =>
  [
    ...[old.id, planned.address],
    ...[old, wanted].flatMap((reading) => idPaths.map((path) => reading.text(path))),
  ].flatMap((id) => accountIn(id) ?? []);

/** The name of a storage account, which is unique in Azure, from its ARM ID. */
export const accountNameIn = (id: string): string => id.split("/").at(-1)?.toLowerCase() ?? "";

/** By the preview: by the name of the storage account. */
const shownIn = new WeakMap<readonly PlannedChange[], ReadonlyMap<string, Found[]>>();

function shown(known: Knowledge): ReadonlyMap<string, Found[]> {
  const found = shownIn.get(known.all) ?? allShown(known);
  shownIn.set(known.all, found);
  return found;
}

function allShown(known: Knowledge): ReadonlyMap<string, Found[]> {
  const storages = storagesShown(known.all);
  return Map.groupBy(
    known.all.flatMap((each) => foundIn(each, known, storages) ?? []),
    nameOf,
  );
}

const nameOf = ({ accountId }: Found) => accountNameIn(accountId);

/** A change of which not more than its arguments are known. */
type Changed = Pick<DependencyChange, "planned" | "old" | "wanted" | "known" | "context">;

/**
 * What is backed up of a storage account, by the preview and by the vaults in Azure of its subscription. `remaining`: and stays so.
 * `lost`: also what would go together with its only backups, because the run replaces its instance or item. That this is deleted as
 * well is no decision to give up the backups, as its deletion is.
 */
type Which = "remaining" | "lost";

export async function sourcesOf(
  change: Changed,
  account: string | undefined,
  which: Which = "remaining",
): Promise<Sources> {
  if (account === undefined) return { sources: [], unread: undefined };
  return sourcesAmong(change, shown(change.known).get(account) ?? [], (each) => nameOf(each) === account, which);
}

/** The same of the storage accounts and clusters that the arguments of a change name, such as a template in it. */
export function sourcesNamedBy(change: Changed): Promise<Sources> {
  const { old, new: wanted } = change.planned;
  const text = JSON.stringify([old?.id, old?.inputs, wanted?.inputs]).toLowerCase();
  const words = new Set(text.match(/[\w-]+/g));
  return sourcesWhere(
    change,
    (each) =>
      words.has(nameOf(each)) || (each.cluster !== undefined && text.includes(each.cluster.clusterId.toLowerCase())),
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
): Promise<Sources> => sourcesWhere(change, ({ accountId }) => isInScope(accountId), subscriptions);

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
  const sources = await withPlaces(change, inPreview, live.found.filter(isMeant), which);
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
  const { found, unread } = await liveIn(change.known, elsewhere);
  const inPreview = [...shown(change.known).values()].flat().filter(isMeant);
  const sources = await withPlaces(change, inPreview, found.filter(isMeant), which);
  return { sources, unread };
}

/** What Azure has counts before what the preview shows of it, except for what the run writes. */
async function withPlaces(
  { known, context }: Changed,
  inPreview: readonly Found[],
  live: readonly Found[],
  which: Which,
): Promise<Source[]> {
  const others = inPreview.filter(({ id }) => !live.some((each) => sameId(each.id, id)));
  const afterRun = live.map((each) => {
    const written = inPreview.find(({ id }) => sameId(each.id, id))?.stoppedByRun;
    return written === undefined ? each : { ...each, isStopped: written };
  });
  const all = [...afterRun, ...others].filter(({ vault }) => !context.deleted.has(vault.id.toLowerCase()));
  const found = all.map(async ({ placed, stoppedByRun: _, ...source }): Promise<Source | undefined> => {
    if (!isRemovedIn(known, source.id)) return { ...source, place: await placed() };
    if (which === "remaining" || !isReplacedIn(known, source.id)) return undefined;
    const place = await placed();
    // Soft delete of the vault keeps these.
    return place === "vault" ? undefined : { ...source, place };
  });
  return (await Promise.all(found)).filter((each) => each !== undefined);
}

const isReplacedIn = ({ all }: Knowledge, id: string): boolean =>
  all.some(({ action, old }) => action === "replace" && sameId(old?.id, id));

/** An instance or item of the program, as it is before the change. */
function foundIn(planned: PlannedChange, known: Knowledge, storages: readonly ClusterStorage[]): Found | undefined {
  const subject = subjectOf(planned);
  if (subject?.is !== "dependency" || !planned.old) return undefined;
  const { kind, provider } = subject.dependency;
  if (kind !== "backupInstance" && kind !== "protectedItem") return undefined;
  const old = readingOf(planned.old, true);
  const ref = vaultOf({ old });
  const was = old.text(...sourcePaths);
  // Azure changes it at no instance or item that exists.
  const source =
    was === unknown && planned.action === "update" ? readingOf(planned.new, false).text(...sourcePaths) : was;
  if (old.id === undefined || ref === undefined) return undefined;
  const byRun = stoppedByRun(planned, provider);
  const it = {
    ...{ name: planned.name, id: old.id, vault: known.named(ref), isStopped: byRun ?? isStoppedIn(old) },
    ...(byRun !== undefined && { stoppedByRun: byRun }),
  };
  const clusterId = clusterIn(source);
  if (clusterId !== undefined) {
    const cluster = storages.find((each) => sameId(each.clusterId, clusterId));
    return { ...it, ...intoStorage(cluster, clusterId) };
  }
  const accountId = accountIn(source);
  if (accountId === undefined) return undefined;
  const share = kind === "protectedItem" ? shareIn(old) : undefined;
  const containers = kind === "backupInstance" ? containersIn(old) : undefined;
  const policyId = policyOf(old);
  const shown = { reading: old, type: planned.type };
  return {
    ...{ ...it, accountId },
    ...(share !== undefined && { share }),
    ...(containers !== undefined && { containers }),
    ...(kind === "backupInstance" && { isReplicated: () => isReplicated(known, policyId, shown, containers) }),
    placed: () => placeOf(known, ref.kind, policyId, shown),
  };
}

/** Of a cluster, every backup is made there first. The vault has copies. If it is not known where, no account has that ID. */
const intoStorage = (storage: ClusterStorage | undefined, clusterId: string) => ({
  accountId: storage?.accountId ?? "",
  cluster: storage ?? { clusterId, accountId: "" },
  placed: () => "account" as const,
});

const sourcePaths = [
  "storageAccountId",
  "kubernetesClusterId",
  "sourceStorageAccountId",
  "dataSourceId",
  "sourceResourceId",
  "properties.sourceResourceId",
  // Azure takes either spelling.
  "properties.dataSourceInfo.resourceID",
  "properties.dataSourceInfo.resourceId",
];

function shareIn(item: Reading): string {
  const name = item.text("sourceFileShareName", "fileShareName", "properties.friendlyName", "friendlyName");
  return typeof name === "string" ? name : "";
}

/** What vaults in Azure back up, as far as they can be read. */
async function liveIn(
  known: Knowledge,
  vaults: readonly KnownVault[],
): Promise<{ found: Found[]; unread: string | undefined }> {
  const read = vaults.map(async ({ kind, name, id }) => {
    if (id === undefined) return [];
    const vault = { kind, name, id };
    const { protection, protectedItems } = await known.contents(vault, [contentsOf[kind]]);
    const contents = protection ?? protectedItems;
    if (!contents || "unreadable" in contents) return [contents ?? { unreadable: "what is backed up is not known." }];
    const instances = (protection && "value" in protection && protection.value) || [];
    const items = (protectedItems && "value" in protectedItems && protectedItems.value) || [];
    return [
      ...(await Promise.all(instances.map((each) => foundInInstance(known, vault, each)))),
      ...items.map((each) => foundInItem(known, vault, each)),
    ];
  });
  const all = (await Promise.all(read)).flat().filter((each) => each !== undefined);
  const unread = all.find((each) => "unreadable" in each)?.unreadable;
  return { found: all.filter((each) => "accountId" in each), unread };
}

const contentsOf: Record<VaultKind, FactName> = { BackupVault: "protection", RecoveryServicesVault: "protectedItems" };

type Unread = { unreadable: string };

async function foundInInstance(
  known: Knowledge,
  vault: Source["vault"],
  { name, id = "", dataSourceId, datasourceType = "", dataStoreTypes, containers, state }: Instance,
): Promise<Found | Unread | undefined> {
  const clusterId = clusterIn(dataSourceId);
  if (clusterId !== undefined) {
    const storage = await known.clusterStorage(clusterId);
    const cluster = "value" in storage ? storage.value : undefined;
    const found = { name, id, vault, isStopped: isStopped(state), ...intoStorage(cluster, clusterId) };
    return "unreadable" in storage ? { ...found, ...storage } : found;
  }
  const accountId = accountIn(dataSourceId);
  if (accountId === undefined) return undefined;
  const isInVault = /adlsBlobServices/i.test(datasourceType);
  const place = isInVault ? "vault" : dataStoreTypes && placeIn(dataStoreTypes, vault.kind);
  const of: Pick<Found, "containers"> = containers
    ? { containers: containers === "byRule" ? unknown : containers }
    : {};
  const replicated: Truth = dataStoreTypes ? includesVault(dataStoreTypes) : containers ? "yes" : "unknown";
  return {
    ...{ name, id, vault, accountId, isStopped: isStopped(state), ...of },
    isReplicated: async () => (isInVault ? "no" : replicated),
    placed: () => place ?? "unknown",
  };
}

function foundInItem(
  known: Knowledge,
  vault: Source["vault"],
  { name, share = name, id = "", sourceResourceId, policyId, isSoftDeleted, state }: ProtectedItem,
): Found | undefined {
  const accountId = isSoftDeleted ? undefined : accountIn(sourceResourceId);
  return accountId === undefined
    ? undefined
    : {
        ...{ name, share, id, vault, accountId, isStopped: isStopped(state) },
        placed: () => placeOf(known, vault.kind, policyId),
      };
}

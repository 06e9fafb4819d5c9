import type { BackedUp, FactName } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { subjectOf } from "../vaults/index.js";
import { isRemovedIn, vaultOf } from "./backups.js";
import type { DependencyChange } from "./change.js";
import { policyPaths } from "./changedBackups.js";
import type { Knowledge, KnownVault } from "./known.js";
import { isBelow, type Reading, readingOf, sameId, subscriptionIn } from "./reading.js";

/** Where the backups are. `account`: some of them are nowhere but in the storage account that they are of. */
export type Place = "account" | "vault" | "unknown";

/** What a backup instance or protected item backs up of a storage account. */
export interface Source extends BackedUp {
  id: string;
  vault: BackedUp["vault"] & { id: string };
  accountId: string;
  /** The name of a file share. Undefined: its blobs. */
  share?: string;
  place: Place;
}

type Found = Omit<Source, "place"> & { placed(): Place | Promise<Place> };

const accountPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+/i;

/** The ARM ID of the storage account in that of something in it. */
export const accountIn = (id: unknown): string | undefined =>
  typeof id === "string" ? accountPart.exec(id)?.[0] : undefined;

/**
 * The name of the storage account that a resource is, or is in. Names are unique in Azure. One that is created has no ID yet, and what
 * azurerm manages by the service of its own has that service's address as its ID.
 */
export function accountNameOf({ old, wanted, planned }: Pick<DependencyChange, "old" | "wanted" | "planned">) {
  const own = accountIn(old.id) ?? accountIn(planned.address);
  if (own !== undefined) return nameIn(own);
  const named = [old, wanted].flatMap((reading) => {
    const id = accountIn(reading.text("storageAccountId", "resourceManagerId", "resourceId", "parentId", "parent_id"));
    const [, inPath] =
      /(?:^|\/)storageAccounts\/([^/]+)/i.exec(String(reading.text("parentResourcePath")?.toString())) ?? [];
    return id ?? inPath ?? reading.text("storageAccountName", "accountName") ?? [];
  });
  const [, host] = /^https:\/\/([^./]+)\./.exec(old.id ?? "") ?? [];
  const name = named[0] ?? host;
  return typeof name === "string" ? nameIn(name) : undefined;
}

const nameIn = (id: string): string => id.split("/").at(-1)?.toLowerCase() ?? "";

/** By the preview: by the name of the storage account. */
const shownIn = new WeakMap<readonly PlannedChange[], ReadonlyMap<string, Found[]>>();

function shown(known: Knowledge): ReadonlyMap<string, Found[]> {
  const found =
    shownIn.get(known.all) ??
    Map.groupBy(
      known.all.flatMap((each) => foundIn(each, known) ?? []),
      nameOf,
    );
  shownIn.set(known.all, found);
  return found;
}

const nameOf = ({ accountId }: Found) => nameIn(accountId);

/** Whether the preview shows a backup of this storage account. */
export const isShownAsBackedUp = (known: Knowledge, account: string | undefined): boolean =>
  account !== undefined && shown(known).has(account);

/** What stays backed up of a storage account, by the preview and by the vaults in Azure of its subscription. */
export async function sourcesOf(change: DependencyChange, account: string | undefined): Promise<Source[]> {
  if (account === undefined) return [];
  const { known, old, wanted } = change;
  const ids = [old.id, ...[old, wanted].map((reading) => reading.text("storageAccountId"))];
  const { vaults } = await known.vaults(ids.flatMap(subscriptionIn));
  const live = await liveIn(known, vaults);
  const ofAccount = (each: Found) => nameOf(each) === account;
  return remaining(change, shown(known).get(account) ?? [], live.filter(ofAccount));
}

/** The same of what is in a scope, such as a resource group, of vaults that are not in it. */
export async function sourcesBelow(
  change: DependencyChange,
  scope: string,
  elsewhere: readonly KnownVault[],
): Promise<Source[]> {
  const isMeant = ({ accountId, vault }: Found) => isBelow(scope, accountId) && !isBelow(scope, vault.id);
  const live = await liveIn(change.known, elsewhere);
  return remaining(change, [...shown(change.known).values()].flat().filter(isMeant), live.filter(isMeant));
}

/** Without what the run deletes. What Azure has counts before what the preview shows of it. */
async function remaining(
  { known, context }: DependencyChange,
  inPreview: readonly Found[],
  live: readonly Found[],
): Promise<Source[]> {
  const others = inPreview.filter(({ id }) => !live.some((each) => sameId(each.id, id)));
  const left = [...live, ...others].filter(
    ({ id, vault }) => !context.deleted.has(vault.id.toLowerCase()) && !isRemovedIn(known, id),
  );
  return Promise.all(left.map(async ({ placed, ...source }) => ({ ...source, place: await placed() })));
}

/** An instance or item of the program, as it is before the change. */
function foundIn(planned: PlannedChange, known: Knowledge): Found | undefined {
  const subject = subjectOf(planned);
  if (subject?.is !== "dependency" || !planned.old) return undefined;
  const { kind } = subject.dependency;
  if (kind !== "backupInstance" && kind !== "protectedItem") return undefined;
  const old = readingOf(planned.old, true);
  const vault = vaultOf({ old });
  const accountId = accountIn(old.text(...sourcePaths));
  if (old.id === undefined || vault === undefined || accountId === undefined) return undefined;
  const share = kind === "protectedItem" ? shareIn(old) : undefined;
  const policyId = old.text(...policyPaths);
  return {
    ...{ name: planned.name, id: old.id, vault, accountId },
    ...(share !== undefined && { share }),
    placed: async () => (isDataLake(planned.type, old) ? "vault" : placeOf(known, vault.kind, policyId, old)),
  };
}

const sourcePaths = [
  "storageAccountId",
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

/** Its backups are in the vault only. https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-overview */
const isDataLake = (type: string, instance: Reading): boolean =>
  /data_?lake/i.test(type) ||
  [instance.text("dataSource", "properties.dataSourceInfo.datasourceType")].some((each) =>
    /DataLake|adlsBlobServices/i.test(String(each?.toString())),
  );

/** Which parts a backup in the vault is of. One that is only next to its source is of the whole account. */
const partPaths = [
  "storageAccountContainerNames",
  "containers",
  "autoProtectionSettings",
  "properties.policyInfo.policyParameters.backupDatasourceParametersList",
];

/** Only the policy says it, except that a backup of blobs in the vault names containers. */
async function placeOf(
  known: Knowledge,
  kind: VaultKind,
  policyId: Maybe<string> | undefined,
  instance?: Reading,
): Promise<Place> {
  const { policyAt } = await import("./otherPolicy.js");
  const policy = policyId === undefined ? undefined : await policyAt(known, kind, policyId, "old");
  if (policy && "value" in policy)
    return placeIn(
      policy.value.kept.map(({ store }) => store),
      kind,
    );
  if (kind === "RecoveryServicesVault" || !instance) return "unknown";
  const parts = instance.value(...partPaths);
  const hasNone = parts === undefined || (Array.isArray(parts) && parts.length === 0);
  return parts !== unknown && hasNone ? "account" : "unknown";
}

/** Snapshots of a share that are copied into the vault are kept there. Continuous backup of blobs is a backup of its own. */
function placeIn(stores: readonly string[], kind: VaultKind): Place {
  const isIn = (name: string) => stores.some((store) => store.toLowerCase() === name);
  if (kind === "BackupVault") return isIn("operationalstore") ? "account" : "vault";
  return isIn("vaultstore") ? "vault" : "account";
}

/** What vaults in Azure back up. One that cannot be read says nothing: the preview may. */
async function liveIn(known: Knowledge, vaults: readonly KnownVault[]): Promise<Found[]> {
  const found = vaults.map(async ({ kind, name, id }): Promise<Found[]> => {
    if (id === undefined) return [];
    const vault = { kind, name, id };
    const fact: FactName = kind === "BackupVault" ? "protection" : "protectedItems";
    const { protection, protectedItems } = await known.contents(vault, [fact]);
    const instances = fact === "protection" && protection && "value" in protection ? protection.value : [];
    const items = fact === "protectedItems" && protectedItems && "value" in protectedItems ? protectedItems.value : [];
    return [
      ...instances.flatMap(({ name: own, id: ownId = "", dataSourceId, datasourceType = "", dataStoreTypes }) => {
        const accountId = accountIn(dataSourceId);
        if (accountId === undefined) return [];
        const place = /adlsBlobServices/i.test(datasourceType)
          ? "vault"
          : dataStoreTypes && placeIn(dataStoreTypes, kind);
        return [{ name: own, id: ownId, vault, accountId, placed: () => place ?? "unknown" }];
      }),
      ...items.flatMap(({ name: share, id: ownId = "", sourceResourceId, policyId, isSoftDeleted }) => {
        const accountId = isSoftDeleted ? undefined : accountIn(sourceResourceId);
        if (accountId === undefined) return [];
        return [{ name: share, share, id: ownId, vault, accountId, placed: () => placeOf(known, kind, policyId) }];
      }),
    ];
  });
  return (await Promise.all(found)).flat();
}

import {
  type BackedUp,
  type Fact,
  sourceDeleted,
  sourcePartDeleted,
  sourceUnlocked,
  sourceWeakened,
  type Verdict,
} from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { Subject } from "../vaults/adapters.js";
import { isSource } from "../vaults/dependencies.js";
import { type Sources, sourcesBelow, sourcesNamedBy, sourcesOf } from "./backedUp.js";
import type { DependencyChange } from "./change.js";
import { judgeClosed, replicated, written } from "./closedSources.js";
import { isOfBackup } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import type { KnownVault, VaultsFound } from "./known.js";
import { type DeletedBlobs, deletedBlobs, isInContainer, weakerRules } from "./lifecycleRules.js";
import { readingOf, sameId } from "./reading.js";
import { type Source, storageNameOf } from "./source.js";
import { accountIn, accountNameIn, accountNameOf } from "./storageAccounts.js";
import { type Weakened, weakenedSettings } from "./storageSettings.js";
import { isForBackup } from "./trustedAccess.js";

/*
 * The storage account that a backup is of, in which its operational backups are kept: no vault has them.
 * https://learn.microsoft.com/azure/backup/blob-backup-overview
 */

/** The account itself. */
export async function judgeStorageAccount(change: DependencyChange): Promise<Verdict[]> {
  if (!change.isRemoved) return [...(await judgeStorageSettings(change)), ...(await judgeClosed(change))];
  const isHidden = (source: Source) => storageNameOf(source) === unknown;
  return judgeDeleted(change, await sourcesOf(change, accountNameOf(change), "lost"), false, isHidden);
}

/** @param isHidden whether the preview hides if the backups are in what is deleted */
function judgeDeleted(
  { judge }: DependencyChange,
  { sources, unread }: Sources,
  isInGroup: boolean,
  isHidden: (source: Source) => boolean,
): Verdict[] {
  const hidden = sources.filter(isHidden);
  const those = (place: Source["place"]) => sources.filter((each) => each.place === place && !hidden.includes(each));
  const [inAccount, perhaps, inVault] = [those("account"), those("unknown"), those("vault")];
  const isOfClusters = inAccount.every(({ cluster }) => cluster);
  return judge(sourceDeleted, { inAccount, perhaps, hidden, inVault, isInGroup, isOfClusters, unread });
}

/**
 * The accounts in a resource group. What is backed up of them in Azure is read only if there are any.
 *
 * @param inGroup what is in it. Undefined: Azure cannot be read
 */
export async function judgeSourcesInGroup(
  change: DependencyChange,
  groupId: string,
  elsewhere: VaultsFound,
  inGroup: Fact<string[]> | undefined,
): Promise<Verdict[]> {
  const accounts = inGroup && "value" in inGroup ? inGroup.value.flatMap((id) => accountIn(id) ?? []) : undefined;
  const hasAccounts = accounts !== undefined && accounts.length > 0;
  const found = await sourcesBelow(change, groupId, hasAccounts ? elsewhere.vaults : [], "lost");
  const isHidden = ({ accountId }: Source) => accountId === unknown;
  const mayBeIn = (source: Source): boolean => {
    const name = storageNameOf(source);
    return accounts === undefined || accounts.some((id) => name === unknown || name === accountNameIn(id));
  };
  const sources = found.sources.filter((each) => !isHidden(each) || mayBeIn(each));
  const unread = hasAccounts ? (found.unread ?? elsewhere.unread) : undefined;
  return judgeDeleted(change, { sources, unread }, true, isHidden);
}

/** A file share or a container of blobs. */
export async function judgeSourcePart(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, subject, judge } = change;
  if (!isRemoved) return [];
  const isShare = subject.kind === "fileShare";
  const name = partNameOf(change);
  const isIt = (given = "") => given === "" || name === undefined || sameId(given, name);
  const { sources, unread } = await sourcesOf(change, accountNameOf(change), "lost");
  const hasShare = ({ share }: Source): Truth => (share !== undefined && isIt(share) ? "yes" : "no");
  const those = (truth: Truth) =>
    sources.filter((source) => (isShare ? hasShare(source) : hasContainer(source, name)) === truth);
  const backedUp = those("yes");
  const isInVault = backedUp.every(({ place }) => place === "vault");
  const part = { what: isShare ? "share" : "container", backedUp, perhaps: those("unknown"), isInVault } as const;
  if (isShare) return judge(sourcePartDeleted, { ...part, unread });
  const isHidden = (source: Source) => storageNameOf(source) === unknown || source.cluster?.container === unknown;
  const intoIt = sources.filter(({ cluster }) => cluster && (cluster.container === unknown || isIt(cluster.container)));
  return [
    ...judgeDeleted(change, { sources: intoIt, unread }, false, isHidden),
    ...judge(sourcePartDeleted, { ...part, unread: undefined }),
  ];
}

/** Whether the backup of blobs is of this container, too. What is only in the account is of the whole account. */
function hasContainer({ share, cluster, containers, place }: Source, name: string | undefined): Truth {
  if (share !== undefined || cluster) return "no";
  if (place === "account" || containers === undefined) return "yes";
  if (containers === unknown || name === undefined) return "unknown";
  if (containers.some((each) => sameId(each, name))) return "yes";
  return place === "vault" ? "no" : "unknown";
}

function partNameOf({ old }: DependencyChange): string | undefined {
  const name = old.id?.split("/").at(-1) ?? old.text("shareName", "containerName", "name");
  return typeof name === "string" ? name : undefined;
}

/** The service of blobs or files, or the account as azurerm has them in it. Without it, nothing that it sets is sure to stay. */
export async function judgeStorageSettings(change: DependencyChange): Promise<Verdict[]> {
  const there = written(change);
  if (there === change) return judgeSettings(change);
  const removed = change.isRemoved ? await judgeSettings(change) : [];
  const isElsewhere = there.operation === "create";
  return removed.length > 0 && !isElsewhere ? removed : [...removed, ...(await judgeSettings(there))];
}

function judgeSettings(change: DependencyChange): Promise<Verdict[]> {
  // What was not read is whatever it is, as what a creation takes over.
  const isUnread = change.operation === "change" && change.old.value("properties") === unknown;
  return judgeWeakened(change, weakenedSettings(isUnread ? { ...change, operation: "create" } : change));
}

/** Rules by which blobs are deleted. */
export async function judgeLifecyclePolicy(change: DependencyChange): Promise<Verdict[]> {
  if (change.operation === "delete") return [];
  const there = written(change);
  return judgeWeakened(there, weakerRules(there), deletedBlobs(there));
}

async function judgeWeakened(
  change: DependencyChange,
  weakened: readonly Weakened[],
  deleted: readonly DeletedBlobs[] = [],
): Promise<Verdict[]> {
  if (weakened.length === 0 && deleted.length === 0) return [];
  const { sources, unread } = await sourcesOf(change, accountNameOf(change), "perhaps");
  const intoIt = sources.flatMap((each) => (each.cluster ? { ...each, cluster: each.cluster } : []));
  const isOf = ({ prefix }: DeletedBlobs, { cluster }: (typeof intoIt)[number]) =>
    isInContainer(prefix, cluster.container);
  const losing = intoIt.filter((each) => deleted.some((blobs) => isOf(blobs, each)));
  const shown = losing.filter((each) => storageNameOf(each) !== unknown);
  const clusters = shown.length > 0 ? shown : losing;
  // Backup of a cluster needs none of these settings.
  const ofStorage = sources.filter(({ cluster }) => !cluster);
  const affected = ofStorage.filter(({ place }) => place !== "vault");
  const ofShares = affected.filter(({ share }) => share !== undefined);
  const ofBlobs = affected.filter(({ share }) => share === undefined);
  const changes = weakened.filter(({ isOfShares }) => (isOfShares ? ofShares : ofBlobs).length > 0);
  const backedUp: BackedUp[] = changes.some(({ isOfShares }) => !isOfShares) ? ofBlobs : ofShares;
  const stopping = weakened.filter(({ stopsReplication }) => stopsReplication);
  const vaulted = ofStorage.filter(({ place, isStopped }) => place === "vault" && !isStopped);
  return change.judge(sourceWeakened, {
    ...{ backedUp, changes: changes.map(({ text }) => text), unread },
    vaulted: stopping.length > 0 ? (await replicated(vaulted)).flat() : [],
    stopping: stopping.map(({ text }) => text),
    clusters,
    isHidden: shown.length === 0,
    deleted: [
      ...new Set(deleted.filter((blobs) => clusters.some((each) => isOf(blobs, each))).map(({ text }) => text)),
    ],
  });
}

/**
 * A lock on a storage account, or on the group or subscription of one.
 *
 * @param isMeant whether it is about the storage account, group or subscription with this ID
 * @param vaults what may back up storage accounts in the group or subscription
 */
export async function judgeSourceLock(
  change: DependencyChange,
  scope: string,
  isMeant: (id: string) => boolean,
  vaults: readonly KnownVault[],
): Promise<Verdict[]> {
  const account = accountIn(scope);
  const isOfBackup =
    account !== undefined && isMeant(account) && /\/AzureBackupProtectionLock$/i.test(change.old.id ?? "");
  const { sources, unread } = account
    ? await sourcesOf({ ...change, old: { ...change.old, id: account } }, accountNameIn(account))
    : await sourcesBelow(change, scope, vaults);
  const backedUp = sources.filter(
    ({ place, accountId }) => place !== "vault" && isMeant(accountId === unknown ? (account ?? "") : accountId),
  );
  return change.judge(sourceUnlocked, { backedUp, isOfBackup, unread: isMeant(scope) ? unread : undefined });
}

/** Whether a change that is not checked could be about backups: most storage accounts and clusters have none. */
export async function mayConcernBackups(
  planned: PlannedChange,
  subject: Extract<Subject, { is: "dependency" | "unsupported" }>,
  { known, context }: Pick<DependencyChange, "known" | "context">,
): Promise<boolean> {
  const change = { planned, old: readingOf(planned.old, true), wanted: readingOf(planned.new, false), known, context };
  if (subject.is === "unsupported")
    return !subject.ifBackedUp?.includes(planned.action) || isAnyBackedUp(await sourcesNamedBy(change));
  const { kind } = subject.dependency;
  if (!isSource(kind)) return true;
  if (kind === "trustedAccess") return isForBackup(change.old) !== "no";
  if (kind === "clusterExtension") return isOfBackup(change.old) !== "no";
  return isAnyBackedUp(await sourcesOf(change, accountNameOf(change), "perhaps"));
}

const isAnyBackedUp = ({ sources, unread }: Sources): boolean => sources.length > 0 || unread !== undefined;

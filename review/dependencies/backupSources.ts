import {
  type BackedUp,
  type Fact,
  sourceDeleted,
  sourcePartDeleted,
  sourceUnlocked,
  sourceWeakened,
  type Verdict,
} from "../../provider/rules/index.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { Dependency } from "../vaults/adapters.js";
import { isSource } from "../vaults/dependencies.js";
import { accountIn, accountNameOf, isShownAsBackedUp, type Source, sourcesBelow, sourcesOf } from "./backedUp.js";
import type { DependencyChange } from "./change.js";
import type { Knowledge, KnownVault } from "./known.js";
import { readingOf } from "./reading.js";
import { weakenedSettings, weakerRules } from "./storageSettings.js";

/*
 * The storage account that a backup is of, in which its operational backups are kept: no vault has them.
 * https://learn.microsoft.com/azure/backup/blob-backup-overview
 */

/** The account itself. */
export async function judgeStorageAccount(change: DependencyChange): Promise<Verdict[]> {
  if (!change.isRemoved) return judgeStorageSettings(change);
  return judgeDeleted(change, await sourcesOf(change, accountNameOf(change)), false);
}

function judgeDeleted({ judge }: DependencyChange, sources: readonly Source[], isInGroup: boolean): Verdict[] {
  const those = (place: Source["place"]) => sources.filter((each) => each.place === place);
  const [inAccount, perhaps, inVault] = [those("account"), those("unknown"), those("vault")];
  return judge(sourceDeleted, { inAccount, perhaps, inVault, isInGroup });
}

/**
 * The accounts in a resource group. What is backed up of them in Azure is read only if there are any.
 *
 * @param inGroup what is in it. Undefined: Azure cannot be read
 */
export async function judgeSourcesInGroup(
  change: DependencyChange,
  groupId: string,
  elsewhere: readonly KnownVault[],
  inGroup: Fact<string[]> | undefined,
): Promise<Verdict[]> {
  const hasAccounts = inGroup && "value" in inGroup && inGroup.value.some((id) => accountIn(id) !== undefined);
  return judgeDeleted(change, await sourcesBelow(change, groupId, hasAccounts ? elsewhere : []), true);
}

/** A file share or a container of blobs. */
export async function judgeSourcePart(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, subject, judge } = change;
  if (!isRemoved) return [];
  const what = subject.kind === "fileShare" ? "share" : "container";
  const name = partNameOf(change);
  const all = await sourcesOf(change, accountNameOf(change));
  const backedUp = all.filter(({ share }) =>
    what === "container"
      ? share === undefined
      : share !== undefined && (share === "" || name === undefined || isSame(share, name)),
  );
  return judge(sourcePartDeleted, { what, backedUp, isInVault: backedUp.every(({ place }) => place === "vault") });
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function partNameOf({ old }: DependencyChange): string | undefined {
  const name = old.id?.split("/").at(-1) ?? old.text("shareName", "containerName", "name");
  return typeof name === "string" ? name : undefined;
}

/** The service of blobs or files, or the account as azurerm has them in it. Without it, nothing that it sets is sure to stay. */
export async function judgeStorageSettings(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation } = change;
  if (!isRemoved && operation !== "change" && operation !== "create") return [];
  return judgeWeakened(change, weakenedSettings(change));
}

/** Rules by which blobs are deleted. */
export async function judgeLifecyclePolicy(change: DependencyChange): Promise<Verdict[]> {
  return change.isRemoved ? [] : judgeWeakened(change, weakerRules(change));
}

async function judgeWeakened(
  change: DependencyChange,
  weakened: ReturnType<typeof weakenedSettings>,
): Promise<Verdict[]> {
  if (weakened.length === 0) return [];
  const sources = await sourcesOf(change, accountNameOf(change));
  const affected = sources.filter(({ place }) => place !== "vault");
  const ofShares = affected.filter(({ share }) => share !== undefined);
  const ofBlobs = affected.filter(({ share }) => share === undefined);
  const changes = weakened.filter(({ isOfShares }) => (isOfShares ? ofShares : ofBlobs).length > 0);
  const backedUp: BackedUp[] = changes.some(({ isOfShares }) => !isOfShares) ? ofBlobs : ofShares;
  return change.judge(sourceWeakened, { backedUp, changes: changes.map(({ text }) => text) });
}

/** A lock on a storage account, or on the group or subscription of one. */
export async function judgeSourceLock(change: DependencyChange, scope: string): Promise<Verdict[]> {
  const account = accountIn(scope);
  const isOfBackup = account !== undefined && /\/AzureBackupProtectionLock$/i.test(change.old.id ?? "");
  const found = account
    ? await sourcesOf(
        { ...change, old: { ...change.old, id: account } },
        accountNameOf({ ...change, old: { ...change.old, id: account } }),
      )
    : await sourcesBelow(change, scope, []);
  return change.judge(sourceUnlocked, { backedUp: found.filter(({ place }) => place !== "vault"), isOfBackup });
}

/** Whether what a preview does not show of a change could be about backups. */
export function mayConcernBackups(planned: PlannedChange, { kind }: Dependency, known: Knowledge): boolean {
  if (!isSource(kind)) return true;
  const [old, wanted] = [readingOf(planned.old, true), readingOf(planned.new, false)];
  return isShownAsBackedUp(known, accountNameOf({ planned, old, wanted }));
}

/** What adds nothing but changes the account that it is in. */
export const isJudgedAtCreation = ({ kind }: Dependency): boolean =>
  kind === "storageService" || kind === "lifecyclePolicy";

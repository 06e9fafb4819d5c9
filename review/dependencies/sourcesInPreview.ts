import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { subjectOf } from "../vaults/index.js";
import { isReplicated, placeOf } from "./backupPlace.js";
import { vaultOf } from "./backups.js";
import { isStoppedIn, policyOf, stoppedByRun } from "./changedBackups.js";
import { clusterIn, type PartlyShownStorage, partlyShownStorages } from "./clusterStorage.js";
import type { Knowledge } from "./known.js";
import { type Reading, readingOf, sameId } from "./reading.js";
import { containersIn } from "./selections.js";
import { type Found, intoStorage, storageNameOf } from "./source.js";
import { accountIn } from "./storageAccounts.js";

const shownIn = new WeakMap<readonly PlannedChange[], ReadonlyMap<Maybe<string>, Found[]>>();

/** What is backed up, by the preview: by the name of the storage account. */
export function shown(known: Knowledge): ReadonlyMap<Maybe<string>, Found[]> {
  const found = shownIn.get(known.all) ?? allShown(known);
  shownIn.set(known.all, found);
  return found;
}

function allShown(known: Knowledge): ReadonlyMap<Maybe<string>, Found[]> {
  const storages = partlyShownStorages(known.all);
  return Map.groupBy(
    known.all.flatMap((each) => foundIn(each, known, storages) ?? []),
    storageNameOf,
  );
}

/** An instance or item of the program, as it is before the change. */
function foundIn(planned: PlannedChange, known: Knowledge, storages: readonly PartlyShownStorage[]): Found | undefined {
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

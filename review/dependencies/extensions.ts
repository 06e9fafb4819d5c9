import { extensionChanged, type Verdict } from "../../provider/rules/index.js";
import type { ClusterStorage } from "../../provider/vaults/clusterStorage.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { containsUnknown } from "../values.js";
import { sourcesOfCluster } from "./backedUp.js";
import type { DependencyChange } from "./change.js";
import { clusterOf, extensionPrincipal, isOfBackup, isSameLocation, locationIn, storageIn } from "./clusterStorage.js";
import { sameId } from "./reading.js";
import { assignsExtensionRoles } from "./roleAssignments.js";
import { accountNameIn } from "./storageAccounts.js";

/** The backup extension of an AKS cluster. */
export async function judgeExtension(change: DependencyChange): Promise<Verdict[]> {
  const { old, wanted, operation, isRemoved, judge } = change;
  const isGone = isRemoved && operation !== "replace";
  const clusterId = clusterOf(old);
  const isBackup = isOfBackup(old);
  if (operation === "create" || clusterId === undefined || isBackup === "no") return [];
  const isOther = isBackup === "unknown" && !isGone && isOfBackup(wanted) === "no";
  if (isOther || (!isRemoved && staysInPlace(change))) return [];
  const was = await storageBefore(change, clusterId);
  const is = isGone ? was : storageIn({ ...wanted, id: clusterId });
  const isOpen = is === unknown;
  const isKept = was && !isOpen && is && sameId(is.accountId, was.accountId) && is.container === was.container;
  const roleNeededOn = isKept && isRemoved && !isGone ? lacksRole(change, was) : undefined;
  if (!isGone && isKept && roleNeededOn === undefined) return [];
  const { sources, unread } = await sourcesOfCluster(change, clusterId);
  return judge(extensionChanged, {
    ...{ backedUp: sources, isSure: isBackup === "yes", isGone, isOpen, unread },
    ...(was && { place: placeOf(was) }),
    ...(roleNeededOn !== undefined && { roleNeededOn }),
  });
}

/** Nothing differs of where its backups are, also of what the preview hides. */
function staysInPlace({ old, wanted, planned }: DependencyChange): boolean {
  const had = locationIn(old);
  return isSameLocation(had, locationIn(wanted)) && !(planned.hidesDifference && containsUnknown(had));
}

/** Where its backups are now: as the preview shows it, or else as Azure has it. */
async function storageBefore({ old, known }: DependencyChange, clusterId: string): Promise<ClusterStorage | undefined> {
  const shown = storageIn(old);
  if (shown !== undefined && shown !== unknown) return shown;
  const live = await known.clusterStorage(clusterId);
  return "value" in live ? live.value : undefined;
}

function placeOf({ accountId, container }: ClusterStorage): string {
  const account = accountNameIn(accountId);
  return container === undefined ? account : `${account}/${container}`;
}

/** The storage account on which the identity of a replaced extension's successor has no role yet. */
function lacksRole({ known, old, wanted }: DependencyChange, storage: ClusterStorage): string | undefined {
  const [was, is] = [old, wanted].map(extensionPrincipal);
  // Azure gives the successor another identity, whatever a plan repeats of the old one.
  return assignsExtensionRoles(known, storage, sameId(was, is) ? undefined : is)
    ? undefined
    : accountNameIn(storage.accountId);
}

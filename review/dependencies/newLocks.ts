import {
  backupGroupLocked,
  type LockedRestorePoints,
  type LockLevel,
  type ProtectedItem,
  snapshotGroupLocked,
  sourceReadOnly,
  type Verdict,
} from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { dependencyKindOf } from "../vaults/index.js";
import { sourcesIn } from "./backedUp.js";
import type { DependencyChange } from "./change.js";
import { type Lock, levelIn, lockIn } from "./lock.js";
import { isGone } from "./otherAccess.js";
import { backupVaultsIn, protectedBy } from "./protectedSources.js";
import { isBelow, isSameHidden, type Reading, readingOf, subscriptionIn } from "./reading.js";
import { isRestorePointGroup, namesGroups } from "./snapshots.js";

/*
 * A lock applies to all that is in its scope, and to every identity, those of Azure Backup among them.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */

/** One that is new to where it is, or prevents more there than before. */
export async function judgeNewLock(change: DependencyChange): Promise<Verdict[]> {
  const [level, place] = [newLevel(change), placeOf(change.planned)];
  if (level === undefined || place === undefined) return [];
  return [
    ...change.judge(backupGroupLocked, await restorePointsIn(change, place)),
    ...(await judgeSnapshots(change, place, level)),
    ...(await judgeAccounts(change, place, level)),
  ];
}

/** What it prevents. Undefined: nothing, or not more than before. */
function newLevel({ planned, operation }: DependencyChange): LockLevel | undefined {
  const { old, new: wanted } = planned;
  if (operation === "delete") return undefined;
  const [was, becomes] = [operation === "create" ? undefined : lockIn(old), lockIn(wanted, old)];
  if (was && isSameHidden(planned, levelIn(old), levelIn(wanted)) && isStill(was, becomes)) return undefined;
  const [before, after] = [levelOf(was), levelOf(becomes)];
  const isMore = before === undefined || before === "unknown" || (before === "CanNotDelete" && after !== before);
  return isMore || !isStill(was, becomes) ? after : undefined;
}

/** What a lock stays on, it was on, or on what that is in. */
const isStill = (was: Lock | undefined, becomes: Lock | undefined): boolean =>
  isBelow(was?.scope, becomes?.scope) || (typeof becomes?.scope !== "string" && was?.scope === becomes?.scope);

function levelOf(lock: Lock | undefined): LockLevel | undefined {
  if (!lock) return undefined;
  const { level = unknown } = lock;
  if (level === unknown) return "unknown";
  if (/^ReadOnly$/i.test(level)) return "ReadOnly";
  return /^CanNotDelete$/i.test(level) ? "CanNotDelete" : undefined;
}

interface Place {
  /** What it is on. */
  is: "subscription" | "group" | "resource";
  /** Its ARM ID, or what follows the subscription in it: that is the provider's. */
  id: string;
  covers(id: string): boolean;
}

/** Undefined: it is not known, as of a lock on what the run creates. */
function placeOf({ type, new: wanted, old }: PlannedChange): Place | undefined {
  const scope = lockIn(wanted, old)?.scope;
  if (typeof scope === "string") return { is: kindOf(scope), id: scope, covers: (id) => isBelow(scope, id) };
  const path = scope === undefined ? pathIn(type, readingOf(wanted, false)) : undefined;
  if (path === undefined) return undefined;
  return { is: kindOf(path), id: path, covers: (id) => isBelow(`/subscriptions/${subscriptionIn(id)[0]}${path}`, id) };
}

function kindOf(scope: string): Place["is"] {
  if (/\/providers\//i.test(scope)) return "resource";
  return /\/resourceGroups\//i.test(scope) ? "group" : "subscription";
}

/** azure-native has a resource for each level of the scope. */
function pathIn(type: string, lock: Reading): string | undefined {
  const [, level] = /:ManagementLockAt(Subscription|ResourceGroup|Resource)Level$/.exec(type) ?? [];
  if (level === undefined) return undefined;
  if (level === "Subscription") return "";
  const inGroup = ["resourceProviderNamespace", "parentResourcePath", "resourceType", "resourceName"];
  const names = level === "Resource" ? inGroup.map((name) => lock.text(name) ?? "") : [];
  const parts = [lock.text("resourceGroupName") ?? "", ...(names.length > 0 ? ["providers", ...names] : [])];
  return parts.includes(unknown)
    ? undefined
    : `/resourceGroups/${parts
        .filter((part) => part !== "")
        .map(String)
        .join("/")}`;
}

async function restorePointsIn(
  { known }: DependencyChange,
  { is, id, covers }: Place,
): Promise<LockedRestorePoints | undefined> {
  if (is === "resource") return undefined;
  // Of a group in an unknown subscription, only the name counts.
  if (is === "group")
    return isRestorePointGroup(known, id.startsWith("/subscriptions/") ? id : (id.split("/")[2] ?? ""));
  if (known.all.some((each) => showsMachine(each, covers))) return "above";
  const { vaults } = await known.vaults(subscriptionIn(id));
  const read = vaults.map(async ({ kind, id: vaultId }): Promise<ProtectedItem[]> => {
    if (kind !== "RecoveryServicesVault" || vaultId === undefined) return [];
    const { protectedItems } = await known.contents({ kind, id: vaultId }, ["protectedItems"]);
    return protectedItems && "value" in protectedItems ? protectedItems.value : [];
  });
  const items = (await Promise.all(read)).flat();
  const isFound = items.some(({ sourceResourceId: source = "" }) => isOfMachine(source) && covers(source));
  return isFound ? "above" : undefined;
}

/**
 * A protected machine, or a policy that names the groups with restore points. They are in the subscription of the machines.
 * https://learn.microsoft.com/azure/backup/backup-during-vm-creation#azure-backup-resource-group-for-virtual-machines
 */
function showsMachine(planned: PlannedChange, covers: Place["covers"]): boolean {
  if (isGone(planned)) return false;
  const isItem = dependencyKindOf(planned) === "protectedItem";
  if (!isItem && !namesGroups(planned)) return false;
  const reading = readingOf(planned.old ?? planned.new, true);
  const ids = [reading.id, ...sourcePaths.map((path) => reading.text(path))];
  return ids.some((id) => typeof id === "string" && (!isItem || isOfMachine(id)) && covers(id));
}

const sourcePaths = ["sourceVmId", "sourceResourceId", "properties.sourceResourceId", "properties.virtualMachineId"];

/** By the ID of the machine, or of its item. */
const isOfMachine = (id: string): boolean =>
  /\/providers\/Microsoft\.Compute\/virtualMachines\/|\/protectionContainers\/iaasvmcontainer;/i.test(id);

/** The instances that keep their snapshots there, and go on backing up after the run. */
async function judgeSnapshots(
  { known, context, judge }: DependencyChange,
  { is, id, covers }: Place,
  level: LockLevel,
): Promise<Verdict[]> {
  if (is === "resource") return [];
  const found = await known.vaults(subscriptionIn(id));
  const vaults = backupVaultsIn(found.vaults, known, context);
  const all = await Promise.all(vaults.map((vault) => protectedBy(known, vault)));
  const sources = all.flatMap((each) => each.sources);
  const isOwner = ({ snapshotGroups }: (typeof sources)[number]) =>
    snapshotGroups.some((group) => group !== unknown && covers(group));
  const perhaps = sources.filter((each) => each.snapshotGroups.includes(unknown) && !isOwner(each));
  const unread = all.find((each) => each.unread !== undefined)?.unread ?? found.unreadIn(id);
  return judge(snapshotGroupLocked, {
    ...{ level, owners: sources.filter(isOwner), perhaps },
    // Without access to Azure, only what the preview shows counts.
    unread: found.isBlind ? undefined : unread,
  });
}

/** What is backed up of the storage accounts there. A cluster writes into one with roles of its own. */
async function judgeAccounts(
  change: DependencyChange,
  { is, id, covers }: Place,
  level: LockLevel,
): Promise<Verdict[]> {
  const isAccount = /\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+\/?$/i.test(id);
  if (level === "CanNotDelete" || (is === "resource" && !isAccount)) return [];
  const { sources, unread } = await sourcesIn(change, covers, subscriptionIn(id));
  const left = sources.filter(({ cluster, isStopped }) => !cluster && !isStopped);
  const [shares, blobs] = [
    left.filter(({ share }) => share !== undefined),
    left.filter(({ share }) => share === undefined),
  ];
  return change.judge(sourceReadOnly, { level, shares, blobs, unread });
}

import {
  type Fact,
  type SnapshotOwner,
  snapshotDeleted,
  snapshotGroupDeleted,
  type Verdict,
} from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { snapshotGroupsIn } from "../../provider/vaults/snapshotGroups.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at, containsUnknown, listOf, type Value } from "../values.js";
import { dependencyKindOf, subjectOf } from "../vaults/index.js";
import { isRemovedIn, vaultOf } from "./backups.js";
import type { DependencyChange } from "./change.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault, VaultsFound } from "./known.js";
import { isBelow, isSet, type Reading, readingOf, sameId, subscriptionIn, type VaultRef } from "./reading.js";

/**
 * What a resource group takes along of backups whose instances are in vaults elsewhere. Which instances name it, the
 * preview shows; those in Azure are read only if the group contains snapshots at all.
 *
 * @param inGroup what is in it. Undefined: Azure cannot be read
 */
export async function judgeSnapshotsInGroup(
  change: DependencyChange,
  groupId: string,
  elsewhere: VaultsFound,
  inGroup: Fact<string[]> | undefined,
): Promise<Verdict[]> {
  const isRead = inGroup !== undefined && "value" in inGroup && inGroup.value.some(isSnapshot);
  const found = await ownersOf(change, groupId, isRead ? elsewhere.vaults : []);
  const unread = [...found.unread];
  if (inGroup && "unreadable" in inGroup && elsewhere.vaults.some(hasSnapshots)) unread.push(inGroup.unreadable);
  if (isRead && elsewhere.unread !== undefined) unread.push(elsewhere.unread);
  const restorePoints = restorePointsIn(change.known, groupId, inGroup);
  // An instance in the group itself goes along with its vault.
  const isElsewhere = ({ id }: Owner) => !isBelow(groupId, id);
  return change.judge(snapshotGroupDeleted, {
    owners: found.owners.filter(isElsewhere),
    perhaps: found.perhaps.filter(isElsewhere),
    ...(unread[0] !== undefined && { unread: unread[0] }),
    ...(restorePoints && { restorePoints }),
  });
}

/** A snapshot, or restore points of a virtual machine. Most are no backups: only one of which something says that it may be counts. */
export async function judgeSnapshot(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, old, known, subject, judge } = change;
  const id = old.id;
  if (!isRemoved || id === undefined) return [];
  const isNamed = isNamedByBackup(id);
  const none = { isNamed, isRestorePoint: subject.kind === "restorePoint", owners: [], perhaps: [] };
  if (none.isRestorePoint) return judge(snapshotDeleted, none);
  const { vaults, unread, isBlind } = await known.vaults(subscriptionIn(id));
  const found = await ownersOf(change, id.split("/").slice(0, 5).join("/"), vaults);
  const why = isBlind ? undefined : (found.unread[0] ?? unread);
  return judge(snapshotDeleted, { ...none, ...found, unread: why });
}

/** The backup instances that remain, and keep their snapshots in a resource group. */
async function ownersOf(
  { known, context }: DependencyChange,
  groupId: string,
  vaults: readonly KnownVault[],
): Promise<{ owners: Owner[]; perhaps: Owner[]; unread: string[] }> {
  const shown = known.all.flatMap((planned) => ownerIn(known, planned, groupId) ?? []);
  const read = await Promise.all(vaults.filter(hasSnapshots).map((vault) => ownersIn(known, vault, groupId)));
  const live = read.flatMap((each) => ("value" in each ? each.value : []));
  const remaining = shown.filter(
    ({ id, vault }) =>
      !context.deleted.has(vault.id.toLowerCase()) &&
      !isRemovedIn(known, id) &&
      !live.some((each) => sameId(each.id, id)),
  );
  const those = (truth: Truth) => remaining.filter((each) => each.isInGroup === truth);
  return {
    owners: [...live, ...those("yes")],
    perhaps: those("unknown"),
    unread: read.flatMap((each) => ("unreadable" in each ? each.unreadable : [])),
  };
}

const hasSnapshots = ({ kind, id }: KnownVault): boolean => kind === "BackupVault" && id !== undefined;

interface Owner extends SnapshotOwner {
  id: string;
}

/** Azure Backup begins its names like this. */
const isNamedByBackup = (id: string): boolean =>
  /\/providers\/Microsoft\.Compute\/(snapshots|restorePointCollections)\/AzureBackup_/i.test(id);

const isSnapshot = (id: string): boolean => /\/providers\/Microsoft\.Compute\/snapshots\//i.test(id);

/**
 * Azure Backup names the collections of a machine's restore points, and their group unless a policy does.
 * https://learn.microsoft.com/azure/backup/backup-during-vm-creation#azure-backup-resource-group-for-virtual-machines
 */
function restorePointsIn(
  { all }: Knowledge,
  groupId: string,
  inGroup: Fact<string[]> | undefined,
): "listed" | "named" | undefined {
  if (inGroup && "value" in inGroup) return inGroup.value.some(isRestorePoint) ? "listed" : undefined;
  const group = groupId.replace(/\/$/, "").split("/").at(-1) ?? "";
  const isNamedByPolicy = () => all.some((planned) => dependencyKindOf(planned) === "policy" && names(planned, group));
  return /^AzureBackupRG_.+_\d+$/i.test(group) || isNamedByPolicy() ? "named" : undefined;
}

/** How it is known that a resource group, by its ID or its name, is one in which Azure Backup keeps restore points. */
export async function isRestorePointGroup(known: Knowledge, group: string): Promise<"listed" | "named" | undefined> {
  const inGroup = group.startsWith("/") ? await known.resourcesIn(group) : undefined;
  return restorePointsIn(known, group, inGroup) ?? restorePointsIn(known, group, undefined);
}

const isRestorePoint = (id: string): boolean =>
  /\/providers\/Microsoft\.Compute\/restorePointCollections\/AzureBackup_/i.test(id);

/** A policy says how the names of its groups begin and end. Azure Backup puts a number in between. */
function names(policy: PlannedChange, group: string): boolean {
  const [prefix, suffix] = namesIn(policy);
  if (typeof prefix !== "string" || prefix === "" || typeof suffix !== "string") return false;
  const [name, start, end] = [group, prefix, suffix].map((text) => text.toLowerCase()) as [string, string, string];
  return (
    name.startsWith(start) && name.endsWith(end) && /^\d+$/.test(name.slice(start.length, name.length - end.length))
  );
}

function namesIn(policy: PlannedChange): [prefix: Value, suffix: Value] {
  const old = readingOf(policy.old ?? policy.new, true);
  const block = listOf(old.value("instantRestoreResourceGroup", "instantRPDetails", "properties.instantRPDetails"))[0];
  return [
    at(block, "prefix") ?? at(block, "azureBackupRGNamePrefix"),
    at(block, "suffix") ?? at(block, "azureBackupRGNameSuffix") ?? "",
  ];
}

/** Whether it is the policy of virtual machines that says how the groups with their restore points are named. */
export const namesGroups = (planned: PlannedChange): boolean =>
  dependencyKindOf(planned) === "policy" && isSet(namesIn(planned)[0]);

/** The instances in Azure that keep their snapshots in a group, without those that the run deletes. */
async function ownersIn(known: Knowledge, vault: KnownVault, groupId: string): Promise<Fact<Owner[]>> {
  const { kind, id = "" } = vault;
  const { protection = { unreadable: "its backup instances are not known." } } = await known.contents({ kind, id }, [
    "protection",
  ]);
  if (!("value" in protection)) return protection;
  const owners = protection.value.filter(
    ({ id: instanceId, snapshotGroups = [] }) =>
      snapshotGroups.some((each) => sameId(each, groupId)) && !isRemovedIn(known, instanceId),
  );
  return { value: owners.map(({ name, id: instanceId = "" }) => ({ name, vault, id: instanceId })) };
}

/** An instance of the program, which keeps its snapshots where it is said before the change. */
function ownerIn(
  known: Knowledge,
  planned: PlannedChange,
  groupId: string,
): (Owner & { vault: VaultRef; isInGroup: Truth }) | undefined {
  const subject = subjectOf(planned);
  if (subject?.is !== "dependency" || subject.dependency.kind !== "backupInstance" || !planned.old) return undefined;
  const old = readingOf(planned.old, true);
  const vault = vaultOf({ old });
  if (old.id === undefined || vault === undefined) return undefined;
  const isInGroup = keepsIn(old, vault.id, groupId);
  return { name: planned.name, vault: known.named(vault), id: old.id, isInGroup };
}

function keepsIn(instance: Reading, vaultId: string, groupId: string): Truth {
  const parameters = instance.value("properties.policyInfo.policyParameters", "policyInfo.policyParameters");
  const ids = [instance.text("snapshotResourceGroupId"), ...snapshotGroupsIn(parameters)];
  if (ids.some((id) => sameId(id, groupId))) return "yes";
  const isOpen = ids.includes(unknown) || containsUnknown(parameters);
  return isOpen ? "unknown" : isNamed(instance, vaultId, groupId);
}

/** By azurerm's arguments. Without a subscription, that of the provider counts, which may be another one than the vault's. */
function isNamed(instance: Reading, vaultId: string, groupId: string): Truth {
  const name = instance.text("snapshotResourceGroupName");
  const subscription = instance.text("snapshotSubscriptionId");
  if (name === undefined || name === "") return "no";
  const [own, its] = [subscriptionIn(vaultId)[0], subscriptionIn(groupId)[0]];
  if (name === unknown) return "unknown";
  if (!sameId(name, groupId.split("/")[4])) return "no";
  if (subscription === unknown) return "unknown";
  if (subscription) return sameId(subscription, its) ? "yes" : "no";
  return sameId(own, its) ? "yes" : "unknown";
}

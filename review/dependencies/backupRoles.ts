import { isOnlyForBackup, type RoleNeed, roleNeeds } from "../../provider/policies/backupRoles.js";
import { type DataSourceName, dataSourceNames, dataSourceOf, pageOf } from "../../provider/policies/dataSources.js";
import { type BackedUp, backupRoleRemoved, type Verdict } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { isSamePrincipal } from "./access.js";
import type { DependencyChange } from "./change.js";
import { clusterIn, extensionsShown, storagesShown } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { hasOtherRole } from "./lostAccess.js";
import { type Grant, leftAfter, strongest } from "./otherAccess.js";
import { backupVaultsIn, type ExistingVault, type ProtectedSource, protectedBy } from "./protectedSources.js";
import { isBelow, sameId, subscriptionIn } from "./reading.js";
import {
  type Assignment,
  assignmentIn,
  covers,
  getsCondition,
  givenByOthers,
  givesRole,
  placeOfStorage,
} from "./roleAssignments.js";
import { both, either } from "./truth.js";

/** A role assignment by which Azure Backup backs up: what goes on being backed up loses it. */
export async function judgeBackupRole(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, subject, planned, old, known, context, judge } = change;
  if (subject.kind !== "roleAssignment") return [];
  const isOther = () => hasOtherRole(planned) !== "no" || getsCondition(planned);
  if (!isRemoved && (operation !== "change" || !isOther())) return [];
  const lost = assignmentIn(old);
  const needs = needsMetBy(lost);
  if (lost.role === undefined || needs.length === 0) return [];
  const isOfBackup = lost.role !== unknown && isOnlyForBackup(lost.role);
  const found = await known.vaults(subscriptionIn(lost.scope));
  const vaults = backupVaultsIn(found.vaults, known, context);
  const judged = await Promise.all(vaults.map((vault) => judgeVault(change, vault, lost, needs, isOfBackup)));
  const those = (grant: Grant) =>
    judged.flatMap(({ sources }) => sources.filter((each) => each.isLost === grant).map(({ source }) => source));
  const [backedUp, again, open] = [those("yes"), those("again"), those("unknown")];
  const perhaps = vaults.filter(
    ({ id }, index) => judged[index]?.isOpen === true || open.some(({ vault }) => sameId(vault.id, id)),
  );
  // Whose it is may be known only of vaults that could not be listed.
  const isSomeOthers = isOfBackup && !found.isBlind && judged.every(({ holds }) => holds !== "yes");
  const named = backedUp[0] ?? again[0] ?? open[0];
  return judge(backupRoleRemoved, {
    ...{ what: "role", backedUp, again, perhaps },
    unread: isSomeOthers ? found.unread : undefined,
    source: named && pageOf(named.dataSource),
  });
}

type Need = RoleNeed & { dataSource: DataSourceName };

/** What an assignment of a role at this scope can be for. */
function needsMetBy({ role, scope }: Assignment): Need[] {
  const type = typeof scope === "string" ? typeIn(scope) : undefined;
  const isFor = ({ at: place, dataSource }: Need) => {
    if (type === undefined) return true;
    const inType = (armType: string) => `${armType}/`.toLowerCase().startsWith(`${type}/`.toLowerCase());
    if (place === "dataSource") return inType(dataSourceOf(dataSource).armType);
    return place === "extensionStorage" && inType("Microsoft.Storage/storageAccounts");
  };
  return dataSourceNames
    .flatMap((dataSource) => roleNeeds[dataSource].map((need) => ({ ...need, dataSource })))
    .filter((need) => givesRole({ role }, need) !== "no" && isFor(need));
}

/** The type of the resource that a scope is, or is in. Undefined: it is a group of resources, or above. */
const typeIn = (scope: string): string | undefined =>
  /\/providers\/(?!Microsoft\.Management\/)([^/]+\/[^/]+)/i.exec(scope)?.[1];

type LosingSource = ProtectedSource & { vault: BackedUp["vault"] & { id: string } };

interface JudgedVault {
  /** Whether the principal is that of an identity of the vault. */
  holds: Truth;
  sources: { source: LosingSource; isLost: Grant }[];
  /** Sources of the vault that were not read may lose it. */
  isOpen: boolean;
}

async function judgeVault(
  change: DependencyChange,
  vault: ExistingVault,
  lost: Assignment,
  needs: readonly Need[],
  isOfBackup: boolean,
): Promise<JudgedVault> {
  const holds = isOneOf(lost, vault.identities);
  const isOnResource = typeof lost.scope === "string" && typeIn(lost.scope) !== undefined;
  // Others have the general roles, too. One of which all is hidden may be for the backup of the resource that it is on.
  const isHidden = lost.role === unknown && lost.principalId === unknown && isOnResource;
  const counts = (truth: Truth) => truth === "yes" || (truth === "unknown" && (isOfBackup || isHidden));
  const left = needs.filter(({ of = "vault" }) => of !== "vault" || counts(holds));
  if (left.length === 0) return { holds, sources: [], isOpen: false };
  const { sources, near, unread } = await protectedBy(change.known, vault);
  const judged = (isOnResource ? near(String(lost.scope)) : sources).map(async (source) => {
    const own = left.filter(({ dataSource }) => dataSource === source.dataSource);
    const all = own.map(async (need): Promise<Grant> => {
      const places = await placesOf(change.known, need, source);
      const meant = places.map((place) => [place, covers(lost, place)] as const);
      if (meant.every(([, truth]) => truth === "no")) return "no";
      const holder = await holderIs(change.known, need, source, vault, lost);
      // Of a cluster whose identities cannot be read, what is just where its backups need it.
      const isJustThere =
        need.of !== undefined &&
        places.some((place) => sameId(place, lost.scope) || (isOnResource && isBelow(lost.scope, place)));
      if (!counts(holder) && !(holder === "unknown" && isJustThere)) return "no";
      const isUsed = both(holder, givesRole(lost, need));
      const isNeeded = need.ifVaulted ? both(isUsed, await source.isVaulted()) : isUsed;
      return strongest(meant.map(([place, truth]) => leftWithout(change, both(truth, isNeeded), lost, place, need)));
    });
    return { source: { ...source, vault }, isLost: strongest(await Promise.all(all)) };
  });
  const lose = await Promise.all(judged);
  // What the vault keeps at a wider scope, all that was not read has as well.
  const isLostByVault = left.some((need) => {
    const isWider = (given: Assignment): Truth => (isBelow(given.scope, lost.scope) ? "yes" : "no");
    return (need.of ?? "vault") === "vault" && givenByOthers(change, lost, need, isWider) !== "yes";
  });
  const isSettled = lose.some(({ isLost }) => isLost === "yes");
  return { holds, sources: lose, isOpen: unread !== undefined && isLostByVault && !isSettled };
}

/** Who is in a group is not known. */
function isOneOf({ principalId, isOfGroup }: Assignment, identities: KnownVault["identities"]): Truth {
  if (!identities || isOfGroup) return "unknown";
  return either(identities.map((each) => isSamePrincipal(each.principalId, principalId)));
}

/** Where a source needs a role: ARM IDs. */
async function placesOf(known: Knowledge, { at: place }: Need, source: ProtectedSource): Promise<Maybe<string>[]> {
  const { sourceId, snapshotGroups } = source;
  if (place === "snapshotGroup") return [...snapshotGroups];
  if (place !== "extensionStorage") {
    const isGroup = place === "dataSourceGroup" && typeof sourceId === "string";
    return [isGroup ? sourceId.split("/").slice(0, 5).join("/") : sourceId];
  }
  const clusterId = clusterIn(sourceId);
  if (clusterId === undefined) return [unknown];
  const storage = await known.clusterStorage(clusterId);
  if ("value" in storage) return storage.value ? [placeOfStorage(storage.value)] : [];
  const shown = storagesShown(known.all).find((each) => sameId(each.clusterId, clusterId));
  return [shown ? placeOfStorage(shown) : unknown];
}

async function holderIs(
  known: Knowledge,
  { of = "vault" }: Need,
  { identity, sourceId }: ProtectedSource,
  { identities }: ExistingVault,
  lost: Assignment,
): Promise<Truth> {
  if (of === "vault") {
    const isUsed = ({ id }: { id: string }) => identity === unknown || sameId(id, identity);
    return isOneOf(lost, identities?.filter(isUsed));
  }
  const clusterId = clusterIn(sourceId) ?? "";
  const live = await known.clusterPrincipals(clusterId);
  const shown = of === "extension" ? extensionsShown(known.all, clusterId) : [];
  if ("unreadable" in live && shown.length === 0) return "unknown";
  const principals = "value" in live ? live.value[of] : shown;
  return principals.some((each) => sameId(each, lost.principalId)) ? "yes" : "no";
}

/** Whether what loses an assignment is left without the role there. */
function leftWithout(
  change: DependencyChange,
  isLost: Truth,
  lost: Assignment,
  place: Maybe<string>,
  need: Need,
): Grant {
  if (isLost === "no") return "no";
  return leftAfter(
    isLost,
    givenByOthers(change, lost, need, (given) => covers(given, place)),
  );
}

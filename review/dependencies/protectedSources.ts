import { type DataSourceName, dataSourceNamed } from "../../provider/policies/dataSources.js";
import type { BackedUp, Instance } from "../../provider/rules/index.js";
import { usedIdentity } from "../../provider/vaults/identity.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { snapshotGroupsIn } from "../../provider/vaults/snapshotGroups.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { ReviewContext } from "../judgeVault.js";
import { isKeptInAzure, keptBackup } from "../sameRun.js";
import { at, containsUnknown } from "../values.js";
import { dependencyKindOf, subjectOf } from "../vaults/index.js";
import { includesVault, storesOfPolicy } from "./backupPlace.js";
import { isStopped, isStoppedIn, policyOf, stoppedByRun } from "./changedBackups.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { type Reading, readingOf, subscriptionIn, type VaultRef, vaultIn } from "./reading.js";

/** What a Backup vault goes on backing up after the run. */
export interface ProtectedSource extends BackedUp {
  dataSource: DataSourceName;
  /** The ARM ID of what is backed up. */
  sourceId: Maybe<string>;
  /** The ARM IDs of the resource groups with its snapshots. */
  snapshotGroups: readonly Maybe<string>[];
  /** The identity of the vault that backs it up: `SystemAssigned` or an ARM ID. */
  identity: Maybe<string>;
  /** Whether its policy copies backups into the vault. */
  isVaulted(): Promise<Truth>;
}

export interface ProtectedSources {
  sources: readonly ProtectedSource[];
  /** Those that a role on a resource may be for: all that is in the resource, and clusters, whose backups are elsewhere as well. */
  near(resourceId: string): readonly ProtectedSource[];
  /** Why there may be more. */
  unread?: string;
}

interface Shown {
  vault: VaultRef;
  planned: PlannedChange;
}

/** A run may remove a thousand role assignments: what they are for is found once. */
const shownIn = new WeakMap<Knowledge, ReadonlyMap<string, Shown[]>>();
const readIn = new WeakMap<Knowledge, Map<string, Promise<ProtectedSources>>>();

/** The backup instances of the preview, by the IDs of their vaults. */
function shownBy(known: Knowledge): ReadonlyMap<string, Shown[]> {
  const found =
    shownIn.get(known) ??
    Map.groupBy(
      known.all.flatMap((planned) => {
        const vault = dependencyKindOf(planned) === "backupInstance" ? shownVault(planned) : undefined;
        return vault ? [{ vault, planned }] : [];
      }),
      ({ vault }) => vault.id.toLowerCase(),
    );
  shownIn.set(known, found);
  return found;
}

export type ExistingVault = Pick<KnownVault, "kind" | "name" | "identities"> & { id: string };

/** The Backup vaults that there are, and those that only the instances of the preview name. */
export function backupVaultsIn(
  found: readonly KnownVault[],
  known: Knowledge,
  { deleted }: Pick<ReviewContext, "deleted">,
): ExistingVault[] {
  const vaults = found.flatMap(({ id, ...vault }) =>
    id !== undefined && vault.kind === "BackupVault" ? [{ ...vault, id }] : [],
  );
  const named = [...shownBy(known).values()].flatMap(([first]) => first?.vault ?? []).map(known.named);
  const remaining = named.filter(({ id }) => !deleted.has(id.toLowerCase()));
  const all = new Map([...remaining, ...vaults].map((vault) => [vault.id.toLowerCase(), vault]));
  return [...all.values()];
}

type Asked = Pick<VaultRef, "id">;

/** By Azure, and by the preview where Azure has not or cannot be read. What the run stops or deletes does not count. */
export function protectedBy(known: Knowledge, vault: Asked): Promise<ProtectedSources> {
  const all = readIn.get(known) ?? new Map<string, Promise<ProtectedSources>>();
  readIn.set(known, all);
  const found = all.get(vault.id.toLowerCase()) ?? readProtected(known, vault);
  all.set(vault.id.toLowerCase(), found);
  return found;
}

async function readProtected(known: Knowledge, { id }: Asked): Promise<ProtectedSources> {
  const { dataSourceIn } = await import("./policies.js");
  const vault = known.named({ kind: "BackupVault", id } as const);
  const ofVault = (shownBy(known).get(id.toLowerCase()) ?? []).map(({ planned }) => planned);
  const byId = new Map(ofVault.flatMap((each) => (each.old?.id ? [[each.old.id.toLowerCase(), each] as const] : [])));
  const { protection = { unreadable: "its backup instances are not known." } } = await known.contents(vault, [
    "protection",
  ]);
  const listed = "value" in protection ? protection.value : [];
  const live = listed.flatMap((each) => {
    const planned = byId.get(each.id?.toLowerCase() ?? "");
    const isLeft = planned ? stays(planned, each.state) : !isStopped(each.state);
    return isLeft ? (fromAzure(each, vault) ?? []) : [];
  });
  const listedIds = new Set(listed.map((each) => each.id?.toLowerCase()));
  const isListed = ({ old }: PlannedChange) => listedIds.has(old?.id?.toLowerCase());
  const shown = ofVault.flatMap((planned) => {
    const reading = afterRun(planned);
    const dataSource = reading && dataSourceIn(reading, planned.type);
    // A replacement is another instance than the listed one.
    if (!reading || !dataSource || (isListed(planned) && planned.action !== "replace")) return [];
    return [{ name: planned.name, vault, dataSource, ...fromPreview(known, reading, id) }];
  });
  const sources = [...live, ...shown];
  return { sources, near: nearIn(sources), ...("unreadable" in protection && { unread: protection.unreadable }) };
}

function nearIn(sources: readonly ProtectedSource[]): ProtectedSources["near"] {
  const keyOf = ({ sourceId, dataSource }: ProtectedSource) =>
    typeof sourceId !== "string" || dataSource === "AzureKubernetesService" ? "" : resourceIn(sourceId);
  const byResource = Map.groupBy(sources, keyOf);
  return (resourceId) => ["", resourceIn(resourceId)].flatMap((key) => byResource.get(key) ?? []);
}

/** The part of an ARM ID that names a resource, without what is in it. */
const resourceIn = (id: string): string => id.toLowerCase().split("/").slice(0, 9).join("/");

/**
 * Whether the run leaves an instance as one that is backed up.
 *
 * @param state of its protection in Azure
 */
function stays(planned: PlannedChange, state?: string): boolean {
  const { action, old } = planned;
  const subject = subjectOf(planned);
  if (action === "replace" || subject?.is !== "dependency") return false;
  const wasStopped = state === undefined ? isStoppedIn(readingOf(old, true)) : isStopped(state);
  if (action === "delete")
    return !wasStopped && isKeptInAzure(planned) && keptBackup(planned) !== "stopProtectionRetainData";
  return !(stoppedByRun(planned, subject.dependency.provider) ?? wasStopped);
}

/** An instance of the program as it is after the run. Undefined: it is not backed up any more. */
function afterRun(planned: PlannedChange): Reading | undefined {
  const { action, old, new: wanted } = planned;
  if (action === "create" || action === "replace") return readingOf(wanted, false);
  return stays(planned) ? readingOf(old ?? wanted, true) : undefined;
}

function shownVault({ old, new: wanted }: PlannedChange): VaultRef | undefined {
  const ids = [wanted, old].flatMap((state) => {
    const reading = readingOf(state, false);
    return [reading.id, ...vaultPaths.map((path) => reading.text(path))];
  });
  return ids.map(vaultIn).find((found) => found?.kind === "BackupVault");
}

const vaultPaths = ["vault", "vaultId", "dataProtectionBackupVaultId", "parentId", "parent_id"];

function fromAzure(
  { name, dataSourceId, datasourceType = "", snapshotGroups = [], identity, dataStoreTypes }: Instance,
  vault: BackedUp["vault"],
): ProtectedSource | undefined {
  const dataSource = dataSourceNamed(datasourceType);
  if (dataSource === undefined || dataSourceId === undefined) return undefined;
  return {
    ...{ name, vault, dataSource, sourceId: dataSourceId, snapshotGroups },
    identity: identity ?? unknown,
    isVaulted: async () => (dataStoreTypes ? includesVault(dataStoreTypes) : "unknown"),
  };
}

/** The arguments of each provider for what is backed up. */
const sourcePaths = [
  ...["dataSourceId", "diskId", "storageAccountId", "kubernetesClusterId", "serverId"],
  // Azure takes either spelling.
  ...["properties.dataSourceInfo.resourceID", "properties.dataSourceInfo.resourceId"],
];

function fromPreview(
  known: Knowledge,
  instance: Reading,
  vaultId: string,
): Pick<ProtectedSource, "sourceId" | "snapshotGroups" | "identity" | "isVaulted"> {
  const details = instance.value("properties.identityDetails", "identityDetails");
  const userId = at(details, "userAssignedIdentityArmUrl");
  const isSystem = at(details, "useSystemAssignedIdentity") === true;
  return {
    sourceId: instance.text(...sourcePaths) ?? unknown,
    snapshotGroups: snapshotGroupsOf(instance, vaultId),
    identity: containsUnknown(details)
      ? unknown
      : usedIdentity({
          useSystemAssignedIdentity: isSystem,
          ...(typeof userId === "string" && { userAssignedIdentityArmUrl: userId }),
        }),
    async isVaulted() {
      const stores = await storesOfPolicy(known, "BackupVault", policyOf(instance));
      return stores ? includesVault(stores) : "unknown";
    },
  };
}

function snapshotGroupsOf(instance: Reading, vaultId: string): Maybe<string>[] {
  const parameters = instance.value("properties.policyInfo.policyParameters", "policyInfo.policyParameters");
  const own = instance.text("snapshotResourceGroupId");
  const name = instance.text("snapshotResourceGroupName");
  const subscription = instance.text("snapshotSubscriptionId") || subscriptionIn(vaultId)[0];
  const isOpen = name === unknown || subscription === unknown;
  return [
    ...(own === undefined ? [] : [own]),
    ...(containsUnknown(parameters) ? [unknown] : snapshotGroupsIn(parameters)),
    // As azurerm names it.
    ...(name ? [isOpen ? unknown : `/subscriptions/${subscription}/resourceGroups/${name}`] : []),
  ] as Maybe<string>[];
}

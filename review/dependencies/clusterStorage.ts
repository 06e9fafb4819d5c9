import {
  backupStorageOf,
  type ClusterStorage,
  isBackupExtension,
  locationSetting,
} from "../../provider/vaults/clusterStorage.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { fields, type PlannedChange } from "../changes/plannedChange.js";
import { at, containsUnknown, listOf, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import type { Truth } from "./keyAddress.js";
import { type Reading, readingOf, sameId } from "./reading.js";

const clusterPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/]+/i;

/** The ARM ID of the AKS cluster in that of something in it. */
export const clusterIn = (id: unknown): string | undefined =>
  typeof id === "string" ? clusterPart.exec(id)?.[0] : undefined;

/** The cluster extensions in the preview, as they are before the run. */
const extensionsIn = (all: readonly PlannedChange[]): Reading[] =>
  all.flatMap((planned) =>
    planned.old && dependencyKindOf(planned) === "clusterExtension" ? [readingOf(planned.old, true)] : [],
  );

/** By the backup extensions in the preview, as they are before the run: where the backups of their clusters are. */
export const storagesShown = (all: readonly PlannedChange[]): ClusterStorage[] =>
  extensionsIn(all).flatMap((extension) => {
    const storage = storageIn(extension);
    return storage === undefined || storage === unknown ? [] : [storage];
  });

/** Where the backups of a cluster are, of which the preview may hide a part: that is `unknown`. */
export interface PartlyShownStorage {
  clusterId: string;
  accountId: Maybe<string>;
  /** If the ID is hidden. Names of storage accounts are unique in Azure. */
  accountName?: Maybe<string>;
  container?: Maybe<string>;
}

/** The same, also of extensions of which the preview hides a part of that. */
export const partlyShownStorages = (all: readonly PlannedChange[]): PartlyShownStorage[] => [
  ...storagesShown(all),
  ...extensionsIn(all).flatMap((extension) => {
    const clusterId = clusterOf(extension);
    return clusterId !== undefined && storageIn(extension) === unknown
      ? (partlyShown(locationIn(extension), clusterId) ?? [])
      : [];
  }),
];

function partlyShown(location: Maybe<Record<string, Value>>, clusterId: string): PartlyShownStorage | undefined {
  if (location === unknown) return { clusterId, accountId: unknown, accountName: unknown, container: unknown };
  const { [bucket]: container, ...ofAccount } = location;
  const hidden: Pick<PartlyShownStorage, "container"> = container === unknown ? { container: unknown } : {};
  if (!containsUnknown(ofAccount)) {
    const storage = backupStorageOf(location as Record<string, string>, clusterId);
    return storage && { ...storage, ...hidden };
  }
  const name = location[accountSetting];
  return {
    clusterId,
    accountId: unknown,
    accountName: typeof name === "string" ? name.toLowerCase() : unknown,
    ...(typeof container === "string" && container !== "" && { container }),
    ...hidden,
  };
}

const bucket = locationSetting("bucket");
const accountSetting = locationSetting("config.storageAccount");

/** The AKS cluster that something is in: an extension, or a trusted access binding. */
export const clusterOf = (part: Reading): string | undefined =>
  clusterIn(part.id) ?? clusterIn(part.text(...clusterPaths));

const clusterPaths = [
  ...["clusterId", "kubernetesClusterId", "parentId", "parent_id"],
  ...["resourceId", "resource_id", "scope"],
];

const typeOf = (extension: Reading) => extension.text("extensionType", "properties.extensionType");

/** Whether it is the one for backups. */
export function isOfBackup(extension: Reading): Truth {
  const type = typeOf(extension);
  if (typeof type === "string") return isBackupExtension({ extensionType: type }) ? "yes" : "no";
  const location = locationIn(extension);
  if (location === unknown) return "unknown";
  return Object.keys(location).length > 0 ? "yes" : "no";
}

/** The settings that say where backups are. */
export function locationIn(extension: Reading): Maybe<Record<string, Value>> {
  const settings = extension.value("configurationSettings", "properties.configurationSettings");
  if (settings === unknown) return unknown;
  const all = Object.entries(fields(settings)) as [string, Value][];
  return Object.fromEntries(all.filter(([name]) => name.includes("backupStorageLocation")));
}

/** What is hidden counts as the same if it is hidden on both sides. */
export function isSameLocation(a: Maybe<Record<string, Value>>, b: Maybe<Record<string, Value>>): boolean {
  if (a === unknown || b === unknown) return a === b;
  return [...Object.keys(a), ...Object.keys(b)].every((name) => a[name] === b[name]);
}

/** Undefined: it is another extension, or does not say it. */
export function storageIn(extension: Reading): Maybe<ClusterStorage> | undefined {
  const type = typeOf(extension);
  if (typeof type === "string" && !isBackupExtension({ extensionType: type })) return undefined;
  const location = locationIn(extension);
  if (containsUnknown(location)) return unknown;
  const clusterId = clusterOf(extension);
  return clusterId === undefined ? undefined : backupStorageOf(location as Record<string, string>, clusterId);
}

/** The classic provider has a plural for azurerm's list. */
const extensionIdentities = ["aksAssignedIdentity", "aksAssignedIdentities", "properties.aksAssignedIdentity"];

/** The principal of a cluster's backup extension, by the preview. */
export const extensionsShown = (all: readonly PlannedChange[], clusterId: string): string[] =>
  extensionsIn(all).flatMap((extension) => {
    const principalId = extensionPrincipal(extension);
    return sameId(clusterOf(extension), clusterId) && typeof principalId === "string" ? [principalId] : [];
  });

/** The principal of a backup extension. */
export function extensionPrincipal(extension: Reading): Maybe<string> | undefined {
  const [identity] = listOf(extension.value(...extensionIdentities));
  const principalId = at(identity, "principalId");
  return typeof principalId === "string" || principalId === unknown ? principalId : undefined;
}

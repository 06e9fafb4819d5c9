import { backupStorageOf, type ClusterStorage, isBackupExtension } from "../../provider/vaults/clusterStorage.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at, listOf } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import { type Reading, readingOf, sameId } from "./reading.js";

const clusterPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/]+/i;

/** The ARM ID of the AKS cluster in that of something in it. */
export const clusterIn = (id: unknown): string | undefined =>
  typeof id === "string" ? clusterPart.exec(id)?.[0] : undefined;

/** By the backup extensions in the preview, as they are before the run: where the backups of their clusters are. */
export const storagesShown = (all: readonly PlannedChange[]): ClusterStorage[] =>
  all.flatMap((planned) => {
    const storage =
      planned.old && dependencyKindOf(planned) === "clusterExtension"
        ? storageIn(readingOf(planned.old, true))
        : undefined;
    return storage === undefined || storage === unknown ? [] : [storage];
  });

/** Undefined: it is another extension, or does not say it. */
export function storageIn(extension: Reading): Maybe<ClusterStorage> | undefined {
  const type = extension.text("extensionType", "properties.extensionType");
  if (typeof type === "string" && !isBackupExtension({ extensionType: type })) return undefined;
  const settings = extension.value("configurationSettings", "properties.configurationSettings");
  if (settings === unknown) return unknown;
  const clusterId = clusterIn(extension.id) ?? clusterIn(extension.text("clusterId", "parentId", "parent_id", "scope"));
  if (typeof settings !== "object" || settings === null || clusterId === undefined) return undefined;
  const isOpen = Object.entries(settings).some(
    ([name, value]) => value === unknown && /backupStorageLocation/.test(name),
  );
  return isOpen ? unknown : backupStorageOf(settings as Record<string, string>, clusterId);
}

/** The classic provider has a plural for azurerm's list. */
const extensionIdentities = ["aksAssignedIdentity", "aksAssignedIdentities", "properties.aksAssignedIdentity"];

/** The principal of a cluster's backup extension, by the preview. */
export const extensionsShown = (all: readonly PlannedChange[], clusterId: string): string[] =>
  all.flatMap((planned) => {
    if (dependencyKindOf(planned) !== "clusterExtension" || !planned.old) return [];
    const reading = readingOf(planned.old, true);
    const isIts = [reading.id, reading.text("clusterId")].some((id) => sameId(clusterIn(id), clusterId));
    const principalId = extensionPrincipal(reading);
    return isIts && typeof principalId === "string" ? [principalId] : [];
  });

/** The principal of a backup extension. */
export function extensionPrincipal(extension: Reading): Maybe<string> | undefined {
  const [identity] = listOf(extension.value(...extensionIdentities));
  const principalId = at(identity, "principalId");
  return typeof principalId === "string" || principalId === unknown ? principalId : undefined;
}

import { unverifiedCode } from "../arm/armError.js";
import { isActionGranted, isGranted } from "../authorization/access.js";
import type { OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import type { World } from "../state/world.js";
import { backsUpOtherRegions } from "../storage/dataSources.js";
import { unverified } from "./backupError.js";

/*
 * What Azure Backup looks at before it backs up an AKS cluster, and what it says of each failure.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-backup-troubleshoot
 */

const isCluster = ({ dataSourceInfo }: ArmResource): boolean =>
  isSame(dataSourceInfo?.datasourceType, "Microsoft.ContainerService/managedClusters");

const isSame = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

const parametersOf = ({ policyInfo }: ArmResource, list: string): ArmResource | undefined =>
  policyInfo?.policyParameters?.[list]?.[0];

const configurationOf = (instance: ArmResource) => parametersOf(instance, "backupDatasourceParametersList");

const snapshotGroupOf = (instance: ArmResource): string | undefined =>
  parametersOf(instance, "dataStoreParametersList")?.resourceGroupId;

/** Namespaces that are left out of every backup. */
// https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-support-matrix
const leftOut = ["kube-system", "kube-node-lease", "kube-public"];

/** Refused at once: what the request itself says. */
export function refuseClusterRequest(given: ArmResource, before?: ArmResource): void {
  if (!isCluster(given)) return;
  const group = snapshotGroupOf(given);
  if (!group) throw unverified("aks-snapshot-group", "The resource group of the snapshots is missing.");
  const configuration = configurationOf(given);
  // azurerm's acceptance tests create one without (data_protection_backup_instance_kubernetes_cluster).
  if (configuration !== undefined) refuseConfiguration(configuration);
  // https://github.com/Azure/azure-cli-extensions/pull/9452: the configuration changes in place.
  if (before !== undefined && !isSame(snapshotGroupOf(before), group))
    throw unverified("aks-snapshot-group-change", "The resource group of the snapshots cannot be changed.");
}

function refuseConfiguration(configuration: ArmResource): void {
  for (const name of ["snapshotVolumes", "includeClusterScopeResources"]) {
    if (typeof configuration[name] !== "boolean") throw unverified("aks-configuration", `${name} is missing.`);
  }
  const named = (configuration.includedNamespaces ?? []).find((name: string) => leftOut.includes(name));
  if (named) throw unverified("aks-namespace", `The namespace '${named}' cannot be configured for backup.`);
}

/** Whether its policy keeps backups in this store, or copies them there. */
export function isKeptIn(
  store: "OperationalStore" | "VaultStore",
  { policies }: BackupVaultRecord,
  { policyInfo }: ArmResource,
): boolean {
  const policy = [...policies.values()].find(({ id }) => isSame(id, policyInfo?.policyId));
  return JSON.stringify(policy?.properties.policyRules ?? []).includes(`"${store}"`);
}

const isVaulted = (vault: BackupVaultRecord, instance: ArmResource): boolean => isKeptIn("VaultStore", vault, instance);

/** A cluster whose backups are only beside it. */
export const isOnlyBesideCluster = (vault: BackupVaultRecord, instance: ArmResource): boolean =>
  isCluster(instance) && !isVaulted(vault, instance);

/** Who needs to do what, and where, in the order in which it is looked at. */
interface Need {
  who: "vault" | "cluster" | "extension";
  at: "group" | "account";
  action?: string;
  dataAction?: string;
  isVaulted?: true;
  code?: string;
}

const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

const needs: readonly Need[] = [
  { who: "vault", at: "group", action: "Microsoft.Resources/subscriptions/resourceGroups/read" },
  { who: "cluster", at: "group", action: "Microsoft.Compute/snapshots/write" },
  {
    who: "extension",
    at: "account",
    dataAction: `${blobs}/write`,
    code: "UserErrorExtensionMSIMissingPermissionsOnBackupStorageLocation",
  },
  { who: "vault", at: "group", action: "Microsoft.Compute/snapshots/beginGetAccess/action", isVaulted: true },
  { who: "vault", at: "group", dataAction: "Microsoft.Compute/snapshots/download/action", isVaulted: true },
  { who: "vault", at: "account", dataAction: `${blobs}/read`, isVaulted: true },
];

/** What makes the operation fail that has been accepted. Undefined: nothing. */
export function clusterTrouble(
  world: World,
  record: BackupVaultRecord,
  instance: ArmResource,
  now: number,
): OperationFailure | undefined {
  if (!isCluster(instance)) return undefined;
  const vault = record.body;
  const id = String(instance.dataSourceInfo.resourceID).toLowerCase();
  const cluster = world.managedClusters.get(id);
  if (cluster === undefined) return unpublished("aks-cluster-not-found", `The cluster ${id} was not found.`);
  if (cluster.location !== vault.location && !backsUpOtherRegions(vault)) {
    const fact = `The vault is in ${vault.location}, the cluster in ${cluster.location}.`;
    return unpublished("aks-cluster-region", fact);
  }
  const [ofUser] = Object.values<ArmResource>(cluster.identity?.userAssignedIdentities ?? {});
  const principals = {
    vault: principalOfVault(world, vault, instance),
    cluster: cluster.identity?.principalId ?? ofUser?.principalId,
  };
  if (!principals.cluster)
    return unpublished("aks-service-principal", "Clusters with a service principal are not supported.");
  const listing = "Microsoft.KubernetesConfiguration/extensions/read";
  if (!isActionGranted(world, id, principals.vault, listing, now)) {
    return { code: "KubernetesBackupListExtensionsError", message: "The vault may not list the cluster's extensions." };
  }
  const below = (resources: Map<string, ArmResource>): ArmResource[] =>
    [...resources].filter(([child]) => child.startsWith(`${id}/`)).map(([, resource]) => resource.properties);
  const extension = below(world.clusterExtensions).find(({ extensionType }) =>
    isSame(extensionType, "microsoft.dataprotection.kubernetes"),
  );
  if (extension === undefined) {
    return {
      code: "UserErrorKubernetesBackupExtensionNotFoundError",
      message: "The backup extension is not installed.",
    };
  }
  if (extension.provisioningState !== "Succeeded") {
    return { code: "UserErrorKubernetesBackupExtensionHasErrors", message: "The backup extension has errors." };
  }
  const isTrusted = below(world.trustedAccessRoleBindings).some(
    ({ sourceResourceId, roles }) =>
      isSame(sourceResourceId, vault.id) && roles.includes("Microsoft.DataProtection/backupVaults/backup-operator"),
  );
  if (!isTrusted)
    return unpublished("aks-trusted-access", "The cluster has no trusted access role binding for the vault.");
  const account = storageAccountOf(extension.configurationSettings ?? {});
  if (account === undefined) {
    const message = "The backup extension has no storage account.";
    return { code: "UserErrorNoDefaultBackupStorageLocationFound", message };
  }
  const all = { ...principals, extension: extension.aksAssignedIdentity.principalId };
  const places = { group: String(snapshotGroupOf(instance)), account };
  const missing = needs.find((need) => {
    const [principal, scope] = [all[need.who], places[need.at]];
    if (need.isVaulted && !isVaulted(record, instance)) return false;
    return need.action
      ? !isActionGranted(world, scope, principal, need.action, now)
      : !isGranted(world, scope, principal, String(need.dataAction), now);
  });
  if (missing === undefined) return undefined;
  const { who, at, action, dataAction, code = unverifiedCode("aks-missing-permission") } = missing;
  return { code, message: `The identity of the ${who} lacks ${action ?? dataAction} on ${places[at]}.` };
}

/** Recorded with a user-assigned identity: Azure/azure-powershell, Get-AzDataProtectionBackupInstance.Recording.json, 2026-08. */
function principalOfVault(
  world: World,
  { identity }: ArmResource,
  { identityDetails }: ArmResource,
): string | undefined {
  const { useSystemAssignedIdentity: isSystem, userAssignedIdentityArmUrl: id } = identityDetails ?? {};
  if (isSystem || !id) return identity?.principalId;
  return world.userAssignedIdentities.get(id.toLowerCase())?.properties.principalId;
}

function storageAccountOf(settings: Record<string, string>): string | undefined {
  const setting = (name: string) => settings[`configuration.backupStorageLocation.config.${name}`];
  const [subscription, group, account] = ["subscriptionId", "resourceGroup", "storageAccount"].map(setting);
  if (!subscription || !group || !account) return undefined;
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
}

const unpublished = (rule: string, message: string): OperationFailure => ({ code: unverifiedCode(rule), message });

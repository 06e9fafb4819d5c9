import { createHash } from "node:crypto";

/*
 * What backup of an AKS cluster needs in the cluster itself.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept
 */

/** The extension's type. Its name, `azure-aks-backup`, is a convention. */
export const backupExtensionType = "microsoft.dataprotection.kubernetes";

/** What a Backup vault may do in a cluster that it backs up: Azure's name for the only such role. */
export const trustedAccessRole = "Microsoft.DataProtection/backupVaults/backup-operator";

/** The same binding for the same vault, so that creating it twice creates one. Azure allows 24 letters, digits and hyphens. */
export function trustedAccessBindingId(clusterId: string, vaultId: string): string {
  const hash = createHash("sha1").update(vaultId.toLowerCase()).digest("hex");
  return `${clusterId}/trustedAccessRoleBindings/backup-${hash.slice(0, 16)}`;
}

export const isTrustedAccessBinding = (id: string): boolean => /\/trustedAccessRoleBindings\/[^/]+$/i.test(id);

/** Where backups of a cluster are, besides its snapshots. */
export interface ClusterStorage {
  clusterId: string;
  /** The ARM ID of a storage account. */
  accountId: string;
  /** A container of blobs in it. */
  container?: string;
}

/** From the settings of the cluster's backup extension. Undefined: they do not say it. */
export function backupStorageOf(
  settings: Readonly<Record<string, string | undefined>>,
  clusterId: string,
): ClusterStorage | undefined {
  const location = (name: string) => settings[`configuration.backupStorageLocation.${name}`];
  const [group, account, container] = ["config.resourceGroup", "config.storageAccount", "bucket"].map(location);
  if (!group || !account) return undefined;
  // The account is in the cluster's subscription, where nothing else is said.
  const subscription = location("config.subscriptionId") || clusterId.split("/")[2];
  const accountId = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
  return { clusterId, accountId, ...(container && { container }) };
}

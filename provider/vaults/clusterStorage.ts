/*
 * Backups of an AKS cluster are snapshots, and blobs in a container. Only the backup extension in the cluster says which one.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept#backup-extension
 */

/** The extension's type. Its name, `azure-aks-backup`, is a convention. */
export const backupExtensionType = "microsoft.dataprotection.kubernetes";

export const isBackupExtension = ({ extensionType = "" }: { extensionType?: string }): boolean =>
  extensionType.toLowerCase() === backupExtensionType;

/** Where the backups of a cluster are, besides its snapshots. */
export interface ClusterStorage {
  clusterId: string;
  /** The ARM ID of a storage account. */
  accountId: string;
  /** A container of blobs in it. */
  container?: string;
}

/** The name of a setting of the backup extension, such as `bucket`. */
export const locationSetting = (name: string): string => `configuration.backupStorageLocation.${name}`;

/** By the settings of the cluster's backup extension. Undefined: they do not say it. */
export function backupStorageOf(
  settings: Readonly<Record<string, string | undefined>> = {},
  clusterId: string,
): ClusterStorage | undefined {
  const location = (name: string) => settings[locationSetting(name)];
  const [group, account, container] = ["config.resourceGroup", "config.storageAccount", "bucket"].map(location);
  if (!group || !account) return undefined;
  // The account is in the cluster's subscription, where nothing else is said.
  const subscription = location("config.subscriptionId") || clusterId.split("/")[2];
  const accountId = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
  return { clusterId, accountId, ...(container && { container }) };
}

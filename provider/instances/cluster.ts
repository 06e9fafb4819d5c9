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

/** The storage account of a backup extension, from its settings. Undefined: they do not name it. */
export function extensionStorageId(
  settings: Readonly<Record<string, string | undefined>>,
  clusterId: string,
): string | undefined {
  const location = (name: string) => settings[`configuration.backupStorageLocation.config.${name}`];
  const [group, account] = [location("resourceGroup"), location("storageAccount")];
  if (!group || !account) return undefined;
  // The account is in the cluster's subscription, where nothing else is said.
  const subscription = location("subscriptionId") || clusterId.split("/")[2];
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
}

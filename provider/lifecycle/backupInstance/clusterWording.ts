import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { instanceSourceOf } from "../../instances/dataSources.js";
import { trustedAccessRole } from "../../policies/backupRoles.js";
import { backupExtensionType } from "../../vaults/clusterStorage.js";
import { instanceCalled } from "./wording.js";

const prerequisites = instanceSourceOf("AzureKubernetesService").source;
const supportMatrix = "https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-support-matrix";

/** The options of `az` that name a cluster. */
function clusterOptions(clusterId: string): string {
  const [, , subscription, , group, , , , name] = clusterId.split("/");
  return `--subscription ${subscription} --resource-group ${group} --cluster-name ${name}`;
}

export const noCluster = (inputs: BackupInstanceInputs): string =>
  `${instanceCalled(inputs)}: the AKS cluster ${inputs.dataSourceId} does not exist, or the caller lacks the Reader role on it. ` +
  "Create it first, or correct `dataSourceId`.";

export const inAnotherRegion = (inputs: BackupInstanceInputs, region: string, vaultRegion: string): string =>
  `${instanceCalled(inputs)}: the AKS cluster is in ${region}, and the vault in ${vaultRegion}. Azure Backup backs up clusters in the ` +
  `vault's region only. Use a vault in ${region}. ${supportMatrix}`;

export const noManagedIdentity = (inputs: BackupInstanceInputs): string =>
  `${instanceCalled(inputs)}: the AKS cluster has no managed identity. Azure Backup does not support clusters with a service ` +
  "principal. Update the cluster to use a managed identity: https://learn.microsoft.com/azure/aks/use-managed-identity";

export const noExtension = (inputs: BackupInstanceInputs): string =>
  `${instanceCalled(inputs)}: the AKS cluster has no backup extension (${backupExtensionType}). Install it with ` +
  `\`az k8s-extension create --name azure-aks-backup --extension-type ${backupExtensionType} --scope cluster --cluster-type ` +
  `managedClusters ${clusterOptions(inputs.dataSourceId)} --configuration-settings blobContainer=<container> ` +
  `storageAccount=<account> storageAccountResourceGroup=<group> storageAccountSubscriptionId=<subscription>\`. ${prerequisites}`;

export const extensionNotReady = (inputs: BackupInstanceInputs, name: string, state: string): string =>
  `${instanceCalled(inputs)}: the AKS cluster's backup extension "${name}" is not ready: its provisioning state is ` +
  `${state || "not shown"}. Wait until it is installed; if its installation failed, delete it and install it again. ` +
  "https://learn.microsoft.com/azure/backup/azure-kubernetes-service-backup-troubleshoot";

export const noExtensionStorage = (inputs: BackupInstanceInputs, name: string): string =>
  `${instanceCalled(inputs)}: the AKS cluster's backup extension "${name}" shows no storage account for its backups, or no identity. ` +
  `Delete it, and install it again with a storage account and a blob container. ${prerequisites}`;

export function noTrustedAccess(inputs: BackupInstanceInputs, bindingId: string): string {
  const name = bindingId.slice(bindingId.lastIndexOf("/") + 1);
  return (
    `${instanceCalled(inputs)}: the AKS cluster has no trusted access role binding that lets the vault in. Nothing was sent. Set ` +
    `\`grantRoles: true\`, or create it with \`az aks trustedaccess rolebinding create ${clusterOptions(inputs.dataSourceId)} ` +
    `--name ${name} --source-resource-id ${inputs.vault} --roles ${trustedAccessRole}\`. ${prerequisites}`
  );
}

export const cannotTrust = (inputs: BackupInstanceInputs, azures: string): string =>
  `${instanceCalled(inputs)}: the trusted access role binding could not be created: ${azures} ` +
  `The caller needs permission for Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write on ${inputs.dataSourceId}.`;

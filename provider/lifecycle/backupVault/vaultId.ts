import { isUnknown, unknownSentinel } from "../../host/unknowns.js";

export function vaultId(vault: { subscriptionId: string; resourceGroupName: string; vaultName: string }): string {
  const { subscriptionId, resourceGroupName, vaultName } = vault;
  if ([subscriptionId, resourceGroupName, vaultName].some(isUnknown)) return unknownSentinel;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;
}

export function partsOf(id: string): { subscriptionId: string; resourceGroupName: string; vaultName: string } {
  const parts = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+\/backupVaults\/([^/]+)$/i.exec(
    id,
  );
  if (!parts) throw new Error(`"${id}" is no ARM id of a Backup vault.`);
  return { subscriptionId: parts[1] ?? "", resourceGroupName: parts[2] ?? "", vaultName: parts[3] ?? "" };
}

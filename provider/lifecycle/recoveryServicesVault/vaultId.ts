import { isUnknown, unknownSentinel } from "../../host/unknowns.js";

export function vaultId(vault: { subscriptionId: string; resourceGroupName: string; vaultName: string }): string {
  const { subscriptionId, resourceGroupName, vaultName } = vault;
  if ([subscriptionId, resourceGroupName, vaultName].some(isUnknown)) return unknownSentinel;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.RecoveryServices/vaults/${vaultName}`;
}

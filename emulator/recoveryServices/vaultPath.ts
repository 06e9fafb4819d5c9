import { resourceNotFound } from "../http/armError.js";
import type { Call } from "../http/operation.js";
import { requireGroup } from "../resourceManager/requireGroup.js";
import { type RecoveryServicesVaultRecord, vaultType } from "./records.js";

export const vaultsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/vaults";
export const vaultPath = `${vaultsPath}/{vaultName}` as const;

export type VaultCall = Call<"subscriptionId" | "resourceGroupName" | "vaultName">;

/** As Resource Manager writes it, whatever the case of the path's fixed parts was. */
export function vaultId({ params }: VaultCall): string {
  const { subscriptionId, resourceGroupName, vaultName } = params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${vaultType}/${vaultName}`;
}

export function findVault(call: VaultCall): RecoveryServicesVaultRecord | undefined {
  requireGroup(call);
  const vault = call.world.recoveryServicesVaults.get(vaultId(call).toLowerCase());
  return vault?.isBeingDeleted ? undefined : vault;
}

export function requireVault(call: VaultCall): RecoveryServicesVaultRecord {
  const vault = findVault(call);
  if (vault !== undefined) return vault;
  throw resourceNotFound(vaultType, call.params.vaultName, call.params.resourceGroupName);
}

import { resourceNotFound } from "../arm/armError.js";
import type { Call } from "../arm/operation.js";
import { requireGroup } from "../arm/resourceGroup.js";
import { type RecoveryServicesVaultRecord, recoveryServicesVaultType } from "../state/records.js";
import type { World } from "../state/world.js";
import { unverified } from "./recoveryError.js";

export const vaultsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/vaults";

export const vaultPath = `${vaultsPath}/{vaultName}` as const;

export type VaultCall = Call<"subscriptionId" | "resourceGroupName" | "vaultName">;

/** As Resource Manager writes it, whatever the case of the path's fixed parts was. */
export function vaultId({ params }: VaultCall): string {
  const { subscriptionId, resourceGroupName, vaultName } = params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${recoveryServicesVaultType}/${vaultName}`;
}

export function findVault(call: VaultCall): RecoveryServicesVaultRecord | undefined {
  requireGroup(call);
  const vault = call.world.recoveryServicesVaults.get(vaultId(call).toLowerCase());
  return vault?.isBeingDeleted ? undefined : vault;
}

export function requireVault(call: VaultCall): RecoveryServicesVaultRecord {
  const vault = findVault(call);
  if (vault !== undefined) return vault;
  throw resourceNotFound(recoveryServicesVaultType, call.params.vaultName, call.params.resourceGroupName);
}

export function refuseWhileWriting(world: World, { body, operation }: RecoveryServicesVaultRecord): void {
  if (operation === undefined || !world.running.has(operation)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the Recovery Services vault '${body.name}' is in progress. Retry when it has ended.`,
    409,
  );
}

import { resourceNotFound } from "../http/armError.js";
import type { Call } from "../http/operation.js";
import { requireGroup } from "../resourceManager/requireGroup.js";
import type { World } from "../world.js";
import { type BackupVaultRecord, vaultType } from "./records.js";

export const vaultsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/backupVaults";
export const vaultPath = `${vaultsPath}/{vaultName}` as const;

export type VaultCall = Call<"subscriptionId" | "resourceGroupName" | "vaultName">;

/** As Resource Manager writes it, whatever the case of the path's fixed parts was. */
export function vaultId({ params }: VaultCall): string {
  const { subscriptionId, resourceGroupName, vaultName } = params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${vaultType}/${vaultName}`;
}

export function findVault(call: VaultCall): BackupVaultRecord | undefined {
  requireGroup(call);
  return call.world.vaults.get(vaultId(call).toLowerCase());
}

export function requireVault(call: VaultCall): BackupVaultRecord {
  const vault = findVault(call);
  if (vault !== undefined) return vault;
  throw resourceNotFound(vaultType, call.params.vaultName, call.params.resourceGroupName);
}

export function vaultById(world: World, id: string): BackupVaultRecord | undefined {
  return world.vaults.get(id.toLowerCase());
}

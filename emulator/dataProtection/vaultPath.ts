import { resourceNotFound } from "../arm/armError.js";
import type { Call } from "../arm/operation.js";
import { requireGroup } from "../arm/resourceGroup.js";
import { type BackupVaultRecord, backupVaultType } from "../state/records.js";
import type { World } from "../state/world.js";
import { unverified } from "./backupError.js";

export const vaultsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/backupVaults";

export const vaultPath = `${vaultsPath}/{vaultName}` as const;

export type VaultCall = Call<"subscriptionId" | "resourceGroupName" | "vaultName">;

/** As Resource Manager writes it, whatever the case of the path's fixed parts was. */
export function vaultId({ params }: VaultCall): string {
  const { subscriptionId, resourceGroupName, vaultName } = params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${backupVaultType}/${vaultName}`;
}

export function findVault(call: VaultCall): BackupVaultRecord | undefined {
  requireGroup(call);
  return call.world.vaults.get(vaultId(call).toLowerCase());
}

export function requireVault(call: VaultCall): BackupVaultRecord {
  const vault = findVault(call);
  if (vault !== undefined) return vault;
  throw resourceNotFound(backupVaultType, call.params.vaultName, call.params.resourceGroupName);
}

export function vaultById(world: World, id: string): BackupVaultRecord | undefined {
  return world.vaults.get(id.toLowerCase());
}

export function locationId({ subscriptionId, location }: { subscriptionId: string; location: string }): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${location}`;
}

/** Nothing new goes into a vault that is on its way out. */
export function refuseWhileDeleting(world: World, vault: BackupVaultRecord): void {
  if (world.operations.get(vault.operation ?? "")?.effect.kind === "vaultDeleted") refuseWhileWriting(world, vault);
}

export function refuseWhileWriting(world: World, { body, operation }: BackupVaultRecord): void {
  if (operation === undefined || !world.running.has(operation)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the Backup vault '${body.name}' is in progress. Retry when it has ended.`,
    409,
  );
}

import type { ArmResource } from "../armResource.js";
import { resolveUserAssigned } from "../managedIdentity/identityOfResource.js";
import type { Effect, LongRunningOperation, OperationFailure } from "../operations/longRunningOperation.js";
import { guid, type World } from "../world.js";
import { keyFailure } from "./keyFailure.js";
import type { RecoveryServicesVaultRecord } from "./records.js";
import { encryptionSettings, vaultSettings } from "./vaultSettings.js";

type Written = Extract<Effect, { kind: "recoveryServicesVaultWritten" }>;
type Deleted = Extract<Effect, { kind: "recoveryServicesVaultDeleted" }>;

export function endVaultWrite(world: World, operation: LongRunningOperation, effect: Written): void {
  const vault = world.recoveryServicesVaults.get(effect.vaultId);
  if (vault === undefined) return;
  const { properties, identity } = vault.body;
  resolveUserAssigned(world, identity);
  if (!operation.takesAnyKey) {
    operation.failure ??= encryptionFailure(world, vault, effect.encryption, operation.endsAt);
  }
  properties.provisioningState = operation.failure === undefined ? "Succeeded" : "Failed";
  properties.backupStorageVersion ??= "Unassigned";
  if (operation.failure !== undefined) return;
  vault.neverProvisioned = false;
  if (effect.encryption === undefined) return;
  properties.encryption = effect.encryption;
  // Recorded with every key.
  properties.backupStorageVersion = "V2";
}

/** A key is looked at when it is set, not with every write that carries it along. */
function encryptionFailure(
  world: World,
  vault: RecoveryServicesVaultRecord,
  given: ArmResource | undefined,
  now: number,
): OperationFailure | undefined {
  const held = vault.neverProvisioned ? undefined : vaultSettings(vault.body).encryption;
  const wanted = encryptionSettings(given);
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(held)) return undefined;
  return keyFailure(world, vault, wanted, held, now);
}

export function endVaultDeletion(world: World, operation: LongRunningOperation, { vaultId }: Deleted): void {
  const vault = world.recoveryServicesVaults.get(vaultId);
  if (vault === undefined) return;
  if (operation.failure !== undefined) {
    vault.isBeingDeleted = false;
    return;
  }
  removeVault(world, vault, operation.endsAt);
}

/**
 * Takes a vault out of the world, among the soft-deleted ones: that is so for all of them.
 * https://learn.microsoft.com/azure/backup/secure-by-default
 */
export function removeVault(world: World, vault: RecoveryServicesVaultRecord, now: number): void {
  const { id, location } = vault.body;
  world.recoveryServicesVaults.delete(id.toLowerCase());
  world.lastDeletedVaults.set(id.toLowerCase(), vault.body);
  const [subscription, resourceGroup] = [id.split("/").slice(0, 3).join("/"), id.split("/")[4]];
  const name = `${resourceGroup}_${guid()}`;
  const deletedId = `${subscription}/providers/Microsoft.RecoveryServices/locations/${location}/deletedVaults/${name}`;
  const body = {
    location,
    properties: {
      vaultId: id,
      vaultDeletionTime: new Date(now).toISOString(),
      purgeAt: purgeTime(vault, now),
    },
    id: deletedId,
    name,
    type: "Microsoft.RecoveryServices/locations/deletedVaults",
  };
  vault.isBeingDeleted = false;
  world.deletedRecoveryServicesVaults.set(deletedId.toLowerCase(), { body, record: vault });
}

/** Recorded: when its last soft-deleted item goes. An empty vault is purged at once, and listed all the same. */
function purgeTime({ protectedItems }: RecoveryServicesVaultRecord, now: number): string {
  const times = [...protectedItems.values()].map(({ properties }) => Date.parse(properties.deferredDeleteTimeInUTC));
  return new Date(Math.max(now, ...times.filter(Number.isFinite))).toISOString();
}

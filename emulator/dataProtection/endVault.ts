import { resolveUserAssigned } from "../managedIdentity/identityOfResource.js";
import type { Effect, LongRunningOperation } from "../operations/longRunningOperation.js";
import { guid, type World } from "../world.js";
import type { BackupVaultRecord } from "./records.js";

type Written = Extract<Effect, { kind: "vaultWritten" }>;
type Deleted = Extract<Effect, { kind: "vaultDeleted" }>;

export function endVaultWrite(world: World, operation: LongRunningOperation, effect: Written): void {
  const vault = world.vaults.get(effect.vaultId);
  if (vault === undefined) return;
  const { properties, identity } = vault.body;
  const security = properties.securitySettings;
  properties.provisioningState = operation.failure === undefined ? "Succeeded" : "Failed";
  resolveUserAssigned(world, identity);
  if (operation.failure === undefined && effect.encryptionSettings !== undefined) {
    security.encryptionSettings = { ...effect.encryptionSettings };
    // "Inconsistent" is the service's own word: a client that sends it back asks for Enabled.
    if (security.encryptionSettings.state === "Inconsistent") security.encryptionSettings.state = "Enabled";
  }
  if (operation.inconsistent && (effect.encryptionSettings ?? security.encryptionSettings) !== undefined) {
    security.encryptionSettings = {
      ...(effect.encryptionSettings ?? security.encryptionSettings),
      state: "Inconsistent",
    };
  }
}

export function endVaultDeletion(world: World, operation: LongRunningOperation, effect: Deleted): void {
  const vault = world.vaults.get(effect.vaultId);
  if (vault === undefined || operation.failure !== undefined) return;
  removeVault(world, vault, effect.keep, operation.endsAt);
}

/** Takes a vault out of the world, or among the soft-deleted ones. */
export function removeVault(world: World, vault: BackupVaultRecord, keep: boolean, now: number): void {
  world.vaults.delete(vault.body.id.toLowerCase());
  world.lastDeletedVaults.set(vault.body.id.toLowerCase(), vault.body);
  if (!keep) return;
  const { id, name, location, tags = {}, properties } = vault.body;
  const deleted = guid();
  const subscription = id.split("/").slice(0, 3).join("/");
  const deletedId = `${subscription}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults/${deleted}`;
  const days = properties.securitySettings.softDeleteSettings?.retentionDurationInDays ?? 14;
  const body = {
    location,
    tags,
    properties: {
      // Recorded: a bare GUID, and a capital ID in the activity's name, unlike the specification.
      originalBackupVaultId: guid(),
      originalBackupVaultName: name,
      originalBackupVaultResourcePath: id,
      resourceDeletionInfo: {
        deletionTime: new Date(now).toISOString(),
        scheduledPurgeTime: new Date(now + days * 24 * 3600 * 1000).toISOString(),
        deleteActivityID: guid(),
      },
      ...properties,
    },
    id: deletedId,
    name: deleted,
    type: "Microsoft.DataProtection/locations/deletedVaults",
  };
  world.deletedVaults.set(deletedId.toLowerCase(), { body, record: vault });
}

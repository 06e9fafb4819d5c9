import { isKeyReachable as isReachable, type KeyTrouble, keyTrouble } from "../keyVault/keyTrouble.js";
import { resolveUserAssigned } from "../managedIdentity/identityOfResource.js";
import type { Effect, LongRunningOperation, OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { type EncryptionSettings, encryptionSettings, vaultSettings } from "./vaultSettings.js";

type Written = Extract<Effect, { kind: "vaultWritten" }>;

type Deleted = Extract<Effect, { kind: "vaultDeleted" }>;

export function endVaultWrite(world: World, operation: LongRunningOperation, effect: Written): void {
  const vault = world.vaults.get(effect.vaultId);
  if (vault === undefined) return;
  const { properties, identity } = vault.body;
  resolveUserAssigned(world, identity);
  if (!operation.takesAnyKey) {
    operation.failure ??= encryptionFailure(world, vault, effect.encryptionSettings, operation.endsAt);
  }
  properties.provisioningState = operation.failure === undefined ? "Succeeded" : "Failed";
  const security = properties.securitySettings;
  const wanted = effect.encryptionSettings ?? security.encryptionSettings;
  if (operation.failure === undefined) {
    vault.neverProvisioned = false;
    // "Inconsistent" is the service's own word: a client that sends it back asks for Enabled.
    if (wanted !== undefined) {
      security.encryptionSettings = { ...wanted, state: wanted.state === "Inconsistent" ? "Enabled" : wanted.state };
    }
  } else if (operation.inconsistent && wanted !== undefined) {
    security.encryptionSettings = { ...wanted, state: "Inconsistent" };
  }
}

/** A key is looked at when it is set, not with every write that carries it along. */
function encryptionFailure(
  world: World,
  vault: BackupVaultRecord,
  given: ArmResource | undefined,
  now: number,
): OperationFailure | undefined {
  const held = vault.neverProvisioned ? undefined : vaultSettings(vault.body).encryption;
  const wanted = encryptionSettings(given);
  if (wanted.state === "Disabled" || JSON.stringify(wanted) === JSON.stringify(held)) return undefined;
  return keyFailure(world, vault, wanted, held, now);
}

export function endVaultDeletion(world: World, operation: LongRunningOperation, effect: Deleted): void {
  const vault = world.vaults.get(effect.vaultId);
  if (vault === undefined) return;
  // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
  if (!operation.takesAnyKey && !isKeyReachable(world, vault)) {
    operation.failure ??= {
      code: "CloudServiceRetryableError",
      message: "The Backup vault cannot be deleted: its encryption key cannot be reached. Recover the key, then retry.",
    };
  }
  if (operation.failure !== undefined) return;
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

// The code is misspelt in Microsoft's documentation, too.
const noPermission = "UserErrorCMKMissingMangedIdentityPermissionOnKeyVault";

// https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
const codes: Record<KeyTrouble["kind"], string> = {
  "identity-not-attached": noPermission,
  "not-found": "UserErrorCMKKeyVaultAuthFailure",
  "soft-delete-off": "UserErrorCMKSoftDeleteNotEnabledOnKeyVault",
  "purge-protection-off": "UserErrorCMKPurgeProtectionNotEnabledOnKeyVault",
  "restricted-key-vault": "EmulatorUnverifiedCmkUserIdentityRestrictedKeyVault",
  "not-rsa": noPermission,
  "key-size": "EmulatorUnverifiedCmkKeyType",
  unusable: "EmulatorUnverifiedCmkKeyUnusable",
  "no-permission": noPermission,
  "old-key-unreachable": "EmulatorUnverifiedOldKeyUnreachable",
};

/** Why a Backup vault cannot be encrypted with this key now; undefined: it can. */
function keyFailure(
  world: World,
  vault: BackupVaultRecord,
  wanted: EncryptionSettings,
  held: EncryptionSettings | undefined,
  now: number,
): OperationFailure | undefined {
  const present = held?.state === "Disabled" ? undefined : held;
  const trouble = keyTrouble(world, vault.body.identity, wanted, present, ["get", "wrapKey", "unwrapKey"], now);
  return trouble && { code: codes[trouble.kind], message: trouble.message };
}

/** Whether the vault could still read its data: what a deletion needs too. */
function isKeyReachable(world: World, vault: BackupVaultRecord): boolean {
  const { encryption } = vaultSettings(vault.body);
  return encryption.state === "Disabled" || isReachable(world, vault.body.identity, encryption);
}

/** Somebody else's update of the vault in this path has failed half-way. A vault without a key has nothing to lose. */
export function leaveInconsistent(world: World, path: string): void {
  const [id] = /^.*\/providers\/Microsoft\.DataProtection\/backupVaults\/[^/]+/i.exec(path) ?? [];
  const vault = id === undefined ? undefined : world.vaults.get(id.toLowerCase());
  const encryption = vault?.body.properties.securitySettings?.encryptionSettings;
  if (encryption !== undefined) encryption.state = "Inconsistent";
}

import { markEnded } from "../arm/longRunning.js";
import { keyAt } from "../keyVault/key.js";
import { type KeyTrouble, keyTrouble } from "../keyVault/keyTrouble.js";
import { resolveUserAssigned } from "../managedIdentity/identityOfResource.js";
import type { Effect, LongRunningOperation, OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { type EncryptionSettings, encryptionSettings, vaultSettings } from "./vaultSettings.js";

type Written = Extract<Effect, { kind: "recoveryServicesVaultWritten" }>;

type Deleted = Extract<Effect, { kind: "recoveryServicesVaultDeleted" }>;

export function endRecoveryServicesVaultWrite(world: World, operation: LongRunningOperation, effect: Written): void {
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

/** A write that the service makes without an operation to follow. */
export function endAtOnce(world: World, operation: LongRunningOperation, now: number): void {
  markEnded(world, operation, now);
  if (operation.effect.kind === "recoveryServicesVaultWritten")
    endRecoveryServicesVaultWrite(world, operation, operation.effect);
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

export function endRecoveryServicesVaultDeletion(
  world: World,
  operation: LongRunningOperation,
  { vaultId }: Deleted,
): void {
  const vault = world.recoveryServicesVaults.get(vaultId);
  if (vault === undefined) return;
  if (operation.failure !== undefined) {
    vault.isBeingDeleted = false;
    return;
  }
  removeRecoveryServicesVault(world, vault, operation.endsAt);
}

/**
 * Takes a vault out of the world, among the soft-deleted ones: that is so for all of them.
 * https://learn.microsoft.com/azure/backup/secure-by-default
 */
export function removeRecoveryServicesVault(world: World, vault: RecoveryServicesVaultRecord, now: number): void {
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
  const times = [...protectedItems.values()].map(
    ({ properties }) =>
      Date.parse(properties.deferredDeleteTimeInUTC) + properties.softDeleteRetentionPeriod * 24 * 3600 * 1000,
  );
  return new Date(Math.max(now, ...times.filter(Number.isFinite))).toISOString();
}

// Quoted in hashicorp/terraform-provider-azurerm#27817; the other codes are not published.
const noPermission = "UserErrorCMKKeyVaultAuthFailure";

const codes: Record<KeyTrouble["kind"], string> = {
  "identity-not-attached": noPermission,
  "not-found": "EmulatorUnverifiedRsvCmkKeyMissing",
  "soft-delete-off": "EmulatorUnverifiedRsvKeyVaultSoftDeleteOff",
  "purge-protection-off": "EmulatorUnverifiedRsvKeyVaultPurgeProtectionOff",
  "restricted-key-vault": "EmulatorUnverifiedRsvCmkUserIdentityRestrictedKeyVault",
  "not-rsa": "EmulatorUnverifiedRsvCmkKeyType",
  "key-size": "EmulatorUnverifiedRsvCmkKeyType",
  unusable: "EmulatorUnverifiedRsvCmkKeyUnusable",
  "no-permission": noPermission,
  "old-key-unreachable": "EmulatorUnverifiedRsvOldKeyUnreachable",
};

/** Why a Recovery Services vault cannot be encrypted with this key now; undefined: it can. */
export function keyFailure(
  world: World,
  { body, neverProvisioned }: RecoveryServicesVaultRecord,
  wanted: EncryptionSettings,
  held: EncryptionSettings | undefined,
  now: number,
): OperationFailure | undefined {
  const identity = neverProvisioned ? comingIdentity(body.identity, wanted) : body.identity;
  const trouble = keyTrouble(world, identity, wanted, held, ["get", "list", "wrapKey", "unwrapKey"], now);
  if (trouble !== undefined) return { code: codes[trouble.kind], message: trouble.message };
  // Unlike Backup vaults: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
  const keyVault = keyAt(world, wanted.keyUri ?? "")?.store.body;
  if (keyVault === undefined || keyVault.location === body.location) return undefined;
  return {
    code: "EmulatorUnverifiedRsvCmkKeyVaultRegion",
    message:
      `The key vault ${keyVault.name} is in ${keyVault.location}, the vault in ${body.location}: they must be in ` +
      "the same region. Azure's own code is not documented.",
  };
}

/** A new vault may name a user-assigned identity that comes to it after its key. */
function comingIdentity(identity: ArmResource | undefined, { kekIdentity }: EncryptionSettings) {
  if (kekIdentity === undefined || kekIdentity === "system") return identity;
  return { ...identity, userAssignedIdentities: { ...identity?.userAssignedIdentities, [kekIdentity]: {} } };
}

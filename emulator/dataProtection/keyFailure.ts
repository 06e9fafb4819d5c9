import { type FoundKey, isManagedHsmKey, keyAt } from "../keyVault/keyAt.js";
import { type KeyUse, mayUseKey } from "../keyVault/mayUseKey.js";
import type { OperationFailure } from "../operations/longRunningOperation.js";
import type { World } from "../world.js";
import type { BackupVaultRecord } from "./records.js";
import { type EncryptionSettings, vaultSettings } from "./vaultSettings.js";

// All of this file: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault

/** Why a vault cannot be encrypted with this key now; undefined: it can. */
export function keyFailure(
  world: World,
  vault: BackupVaultRecord,
  wanted: EncryptionSettings,
  held: EncryptionSettings | undefined,
  now: number,
): OperationFailure | undefined {
  const principalId = principalOf(world, vault, wanted);
  if (principalId === undefined) return noPermission("The identity of the encryption settings is not on the vault.");
  if (wanted.keyUri === undefined || isManagedHsmKey(wanted.keyUri)) return undefined;
  const found = keyAt(world, wanted.keyUri);
  if (found === undefined) {
    return {
      code: "UserErrorCMKKeyVaultAuthFailure",
      message: `The key ${wanted.keyUri} or its key vault does not exist, or cannot be reached.`,
    };
  }
  return (
    keyVaultFailure(found, wanted) ??
    keyItselfFailure(found, now) ??
    permissionFailure(world, found, principalId, ["get", "wrapKey", "unwrapKey"]) ??
    oldKeyFailure(world, vault, wanted, held)
  );
}

/** Whether the vault could still read its data: what a deletion needs too. */
export function isKeyReachable(world: World, vault: BackupVaultRecord): boolean {
  const { encryption } = vaultSettings(vault.body);
  if (encryption.state === "Disabled") return true;
  const principalId = principalOf(world, vault, encryption);
  if (principalId === undefined || encryption.keyUri === undefined) return false;
  if (isManagedHsmKey(encryption.keyUri)) return true;
  const found = keyAt(world, encryption.keyUri);
  return found !== undefined && mayUnwrap(world, found, principalId);
}

function principalOf(world: World, vault: BackupVaultRecord, { kekIdentity }: EncryptionSettings): string | undefined {
  const { identities } = vaultSettings(vault.body);
  if (kekIdentity === undefined || !identities.includes(kekIdentity)) return undefined;
  if (kekIdentity === "system") return vault.body.identity?.principalId;
  return world.userAssignedIdentities.get(kekIdentity)?.properties.principalId;
}

function keyVaultFailure({ keyVault }: FoundKey, { kekIdentity }: EncryptionSettings): OperationFailure | undefined {
  const { properties, name } = keyVault.body;
  if (!properties.enableSoftDelete) {
    return {
      code: "UserErrorCMKSoftDeleteNotEnabledOnKeyVault",
      message: `Soft delete is not enabled on the key vault ${name}.`,
    };
  }
  if (!properties.enablePurgeProtection) {
    return {
      code: "UserErrorCMKPurgeProtectionNotEnabledOnKeyVault",
      message: `Purge protection is not enabled on the key vault ${name}.`,
    };
  }
  const isRestricted =
    properties.publicNetworkAccess === "Disabled" || properties.networkAcls?.defaultAction === "Deny";
  if (!isRestricted || kekIdentity === "system") return undefined;
  return {
    code: "EmulatorUnverifiedCmkUserIdentityRestrictedKeyVault",
    message:
      "Key vaults that limit access to specific networks are currently not supported with User-assigned managed " +
      "identities for CMK encryption.",
  };
}

function keyItselfFailure(found: FoundKey, now: number): OperationFailure | undefined {
  const { kty, keySize = 0 } = found.version;
  if (!kty.startsWith("RSA")) return noPermission(`The key ${found.key.name} is of type ${kty}: RSA is needed.`);
  if (![2048, 3072, 4096].includes(keySize)) {
    return {
      code: "EmulatorUnverifiedCmkKeyType",
      message: `The key ${found.key.name} has ${keySize} bits: 2048, 3072 or 4096 are needed. Azure's code is not known.`,
    };
  }
  if (mayWrapNow(found, now)) return undefined;
  return {
    code: "EmulatorUnverifiedCmkKeyUnusable",
    message: `The key ${found.key.name} is disabled, expired or not valid yet. Azure's code is not known.`,
  };
}

function mayWrapNow({ version: { attributes } }: FoundKey, now: number): boolean {
  const seconds = now / 1000;
  return (
    attributes.enabled &&
    (attributes.nbf === undefined || attributes.nbf <= seconds) &&
    (attributes.exp === undefined || attributes.exp > seconds)
  );
}

/** The data keys are unwrapped with the old key before they are wrapped with the new one. */
function oldKeyFailure(
  world: World,
  vault: BackupVaultRecord,
  wanted: EncryptionSettings,
  held: EncryptionSettings | undefined,
): OperationFailure | undefined {
  if (held?.keyUri === undefined || held.keyUri === wanted.keyUri || held.state === "Disabled") return undefined;
  if (isManagedHsmKey(held.keyUri)) return undefined;
  const old = keyAt(world, held.keyUri);
  const principalId = principalOf(world, vault, held);
  if (old !== undefined && principalId !== undefined && mayUnwrap(world, old, principalId)) return undefined;
  return {
    code: "EmulatorUnverifiedOldKeyUnreachable",
    message: `The vault cannot use its present key ${held.keyUri} any more. Azure's code is not known.`,
  };
}

/**
 * "Not-yet-valid and expired keys" still unwrap, so that what they wrapped can be recovered; disabled ones do not.
 * https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#date-time-controlled-operations
 */
function mayUnwrap(world: World, found: FoundKey, principalId: string): boolean {
  return found.version.attributes.enabled && may(world, found, principalId, ["get", "unwrapKey"]);
}

function permissionFailure(
  world: World,
  found: FoundKey,
  principalId: string,
  uses: KeyUse[],
): OperationFailure | undefined {
  if (may(world, found, principalId, uses)) return undefined;
  return noPermission(`The vault's identity ${principalId} lacks Get, Wrap or Unwrap on the key ${found.key.name}.`);
}

function may(world: World, found: FoundKey, principalId: string, uses: KeyUse[]): boolean {
  return uses.every((use) => mayUseKey(world, found, principalId, use));
}

// The code is misspelt in Microsoft's documentation, too.
function noPermission(message: string): OperationFailure {
  return { code: "UserErrorCMKMissingMangedIdentityPermissionOnKeyVault", message };
}

import { isKeyReachable as isReachable, type KeyTrouble, keyTrouble } from "../customerManagedKey/keyTrouble.js";
import type { OperationFailure } from "../operations/longRunningOperation.js";
import type { World } from "../world.js";
import type { BackupVaultRecord } from "./records.js";
import { type EncryptionSettings, vaultSettings } from "./vaultSettings.js";

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
export function keyFailure(
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
export function isKeyReachable(world: World, vault: BackupVaultRecord): boolean {
  const { encryption } = vaultSettings(vault.body);
  return encryption.state === "Disabled" || isReachable(world, vault.body.identity, encryption);
}

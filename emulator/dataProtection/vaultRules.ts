import type { ArmError } from "../arm/armError.js";
import type { BackupVaultRecord } from "../state/records.js";
import { backupError, unverified } from "./backupError.js";
import {
  encryptionShape,
  encryptionStays,
  infrastructureEncryption,
  kekIdentityAttached,
  keyAndIdentityTogether,
  systemIdentityAtCreate,
} from "./encryptionRules.js";
import { resourceGuard } from "./resourceGuardRules.js";
import { softDeleteAlwaysOn, softDeleteByApiVersion, softDeleteOff, softDeleteRetention } from "./softDeleteRules.js";
import {
  archiveStoreAlone,
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
  crossSubscriptionRestore,
  redundancy,
  snapshotStore,
} from "./storageRules.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

// Length and characters that clients keep to; the specification has a stricter pattern, on child resources only.
const vaultName: VaultRule = ({ before, name }) => {
  if (before !== undefined || /^[-A-Za-z0-9]{2,50}$/.test(name)) return undefined;
  return unverified(
    "vault-name-invalid",
    `The vault name '${name}' is invalid: it must have 2 to 50 letters, digits and hyphens.`,
  );
};

const resourceMove: VaultRule = ({ vault }) => refusalWhileMoving(vault);

// Recorded of azure-cli-extensions: test_dataprotection_backup_vault_update.
const immutability: VaultRule = ({ before, after }) => {
  if (before?.immutability !== "Locked" || after.immutability === "Locked") return undefined;
  return backupError(
    400,
    "UserErrorUnsupportedVaultImmutabilityStateChange",
    "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.",
    [
      "The vault has its immutable vault property enabled and locked, and it can no longer be reverted to a " +
        "non-immutable vault. Refer to the documentation to learn more: https://aka.ms/AB-ImmutableVaults-States ",
    ],
  );
};

const rules: readonly VaultRule[] = [
  vaultName,
  resourceMove,
  snapshotStore,
  archiveStoreAlone,
  redundancy,
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
  crossSubscriptionRestore,
  softDeleteAlwaysOn,
  softDeleteRetention,
  softDeleteByApiVersion,
  softDeleteOff,
  immutability,
  encryptionStays,
  encryptionShape,
  systemIdentityAtCreate,
  keyAndIdentityTogether,
  kekIdentityAttached,
  infrastructureEncryption,
  resourceGuard,
];

/** Azure reports the first thing that it dislikes, not all of them. */
export function refuseForbidden(change: VaultChange): void {
  for (const rule of rules) {
    const refusal = rule(change);
    if (refusal !== undefined) throw refusal;
  }
}

/** Of a write, and of a deletion too: https://learn.microsoft.com/azure/backup/create-manage-backup-vault */
function refusalWhileMoving(vault: BackupVaultRecord | undefined): ArmError | undefined {
  if (vault?.body.properties.resourceMoveState !== "InProgress") return undefined;
  return backupError(
    409,
    "UserErrorBackupVaultResourceMoveInProgress",
    "The Backup vault is being moved. Wait till the move operation is complete, and then retry.",
  );
}

// https://learn.microsoft.com/azure/backup/create-manage-backup-vault
const notEmpty =
  "Cannot delete the Backup vault as there are existing backup instances or backup policies in the vault. Delete all " +
  "backup instances and backup policies that are present in the vault and then try deleting the vault.";

/**
 * Where secure by default is on, only active backups stand against a deletion; elsewhere the vault must be
 * "completely empty": https://learn.microsoft.com/azure/backup/secure-by-default. Policies alone were recorded not to
 * stand against it, by api-versions from 2022-04-01 to 2023-01-01: Azure/azure-cli-extensions, dataprotection.
 */
export function refuseDeletion(vault: BackupVaultRecord, secureByDefault: boolean): void {
  const moving = refusalWhileMoving(vault);
  if (moving !== undefined) throw moving;
  if (vault.instances.size > 0) throw unverified("delete-with-instances", notEmpty);
  if (secureByDefault) return;
  if (vault.deletedInstances.size > 0) throw unverified("delete-with-soft-deleted", notEmpty);
}

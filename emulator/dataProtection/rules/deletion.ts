import { unverified } from "../backupError.js";
import type { BackupVaultRecord } from "../records.js";
import { refusalWhileMoving } from "./resourceMove.js";

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

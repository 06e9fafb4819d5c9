import { backupError } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/create-manage-backup-vault
export const resourceMove: VaultRule = ({ vault }) => {
  if (vault?.body.properties.resourceMoveState !== "InProgress") return undefined;
  return backupError(
    409,
    "UserErrorBackupVaultResourceMoveInProgress",
    "The Backup vault is being moved. Wait till the move operation is complete, and then retry.",
  );
};

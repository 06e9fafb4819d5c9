import type { ArmError } from "../../http/armError.js";
import { backupError } from "../backupError.js";
import type { BackupVaultRecord } from "../records.js";
import type { VaultRule } from "./vaultChange.js";

export const resourceMove: VaultRule = ({ vault }) => refusalWhileMoving(vault);

/** Of a write, and of a deletion too: https://learn.microsoft.com/azure/backup/create-manage-backup-vault */
export function refusalWhileMoving(vault: BackupVaultRecord | undefined): ArmError | undefined {
  if (vault?.body.properties.resourceMoveState !== "InProgress") return undefined;
  return backupError(
    409,
    "UserErrorBackupVaultResourceMoveInProgress",
    "The Backup vault is being moved. Wait till the move operation is complete, and then retry.",
  );
}

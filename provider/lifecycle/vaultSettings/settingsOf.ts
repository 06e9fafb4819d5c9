import type { BackupVaultInputs } from "../backupVault/inputs.js";
import { partsOf } from "../backupVault/vaultId.js";

/** Settings of one vault, and nothing else of it, in the shape in which vaults are judged and written. */
export const settingsOf = (id: string, settings: Partial<BackupVaultInputs>): BackupVaultInputs =>
  ({ ...partsOf(id), vaultId: id, ...settings }) as BackupVaultInputs;

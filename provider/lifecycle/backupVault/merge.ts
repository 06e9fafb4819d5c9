import { isUnknown } from "../../host/unknowns.js";
import type { BackupVaultSettings } from "./inputs.js";

/**
 * What the vault will be: all that it has, less what the program set before and sets no longer, and over it what the
 * program says.
 */
export function merge<T extends BackupVaultSettings>(
  live: Partial<BackupVaultSettings>,
  wanted: T,
  removed: readonly (keyof BackupVaultSettings)[] = [],
): T {
  const merged: Partial<BackupVaultSettings> = { ...live, ...wanted };
  for (const name of removed) delete merged[name];
  if (isFields(wanted.softDelete)) merged.softDelete = { ...live.softDelete, ...wanted.softDelete };
  if (isFields(wanted.encryption)) {
    merged.encryption = { ...live.encryption, ...wanted.encryption, state: "Enabled" };
  }
  return merged as T;
}

const isFields = (value: unknown): value is object => value !== undefined && !isUnknown(value);

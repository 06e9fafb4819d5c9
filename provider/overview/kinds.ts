import { noVaultId, parseVaultId, type VaultIdParts } from "../vaults/vaultId.js";
import { backupVaultKind } from "./backupVault.js";
import { recoveryServicesVaultKind } from "./recoveryServicesVault.js";
import type { VaultKind } from "./vaultKind.js";

export const kinds: readonly VaultKind[] = [backupVaultKind, recoveryServicesVaultKind];

/** Throws where the text is no id of a vault. */
export function kindOf(vaultId: string): VaultKind {
  const { kind } = partsOfVaultId(vaultId);
  return kind === "BackupVault" ? backupVaultKind : recoveryServicesVaultKind;
}

export function partsOfVaultId(vaultId: string): VaultIdParts {
  const parts = parseVaultId(vaultId);
  if (!parts) throw new Error(noVaultId(vaultId));
  return parts;
}

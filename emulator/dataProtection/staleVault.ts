import type { BackupVaultBody } from "./records.js";
import { findVault, type VaultCall, vaultId } from "./vaultPath.js";

/**
 * The vault as it was before its last write: not there yet, with its old settings, or still there after its deletion
 * has ended. Azure does the last one: Azure/azure-rest-api-specs#38944.
 */
export function staleVault(call: VaultCall): BackupVaultBody | undefined {
  const vault = findVault(call);
  if (vault !== undefined) return vault.previous;
  const id = vaultId(call).toLowerCase();
  return call.world.lastDeletedVaults.get(id);
}

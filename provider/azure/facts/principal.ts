import type { ArmClient } from "../armClient.js";
import type { BackupVaults } from "../dataProtection/backupVaults.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

/**
 * The directory's id of an identity: `SystemAssigned` is the vault's own, else the ARM id of a user-assigned one.
 * Undefined where the vault has no identity of its own.
 */
export async function principalOf(
  client: ArmClient,
  vaults: BackupVaults,
  identity: string,
  vaultId: string,
  within: Within,
): Promise<string | undefined> {
  if (identity !== "SystemAssigned") {
    const read = { path: identity, apiVersion: "2023-01-31" };
    const found = await find<{ properties: { principalId?: string } }>(client, read, within);
    if (found?.properties.principalId) return found.properties.principalId;
    throw new Error(`there is no user-assigned identity ${identity}, or it cannot be seen.`);
  }
  const vault = await vaults.get(vaultId, within);
  if (vault) return vault.identity?.principalId;
  throw new Error("the vault does not exist yet, and so no system-assigned identity either.");
}

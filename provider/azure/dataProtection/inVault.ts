import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { findListed } from "../arm/findListed.js";
import { read } from "../arm/reads.js";
import { isArmError } from "../http/armError.js";
import type { OperationOptions } from "../http/deadline.js";
import type { Kind } from "../reading/shapes.js";
import type { BackupVaults } from "./backupVaults.js";

/**
 * Something in a Backup vault, or undefined where it or its vault is not there. Of a 404 that names neither, the vault says
 * which it is.
 */
export async function findInVault<T extends { id: string }>(
  client: ArmClient,
  vaults: Pick<BackupVaults, "get">,
  id: string,
  kind: Kind<T>,
  list: (vaultId: string) => Promise<T[]>,
  options: OperationOptions,
): Promise<T | undefined> {
  const vaultId = id.split("/").slice(0, -2).join("/");
  try {
    return await findListed<T>({
      path: id,
      get: () => read(client, { path: id, apiVersion }, kind, options),
      list: () => list(vaultId),
    });
  } catch (error) {
    if (!isArmError(error) || error.status !== 404) throw error;
    const isVaultGone = vaults.get(vaultId, options).then(
      (vault) => vault === undefined,
      () => false,
    );
    if (await isVaultGone) return undefined;
    throw error;
  }
}

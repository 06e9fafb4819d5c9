import { isArmError } from "../http/armError.js";
import type { OperationOptions } from "../http/deadline.js";
import type { Kind } from "../reading/shapes.js";
import { apiVersion } from "./apiVersions.js";
import type { ArmClient } from "./armClient.js";
import { findListed } from "./findListed.js";
import { read } from "./reads.js";

/**
 * Something in a vault, or undefined where it or its vault is not there. Of a 404 that names neither, the vault says
 * which it is.
 */
export async function findInVault<T extends { id: string }>(
  client: ArmClient,
  vaults: { get(id: string, options: OperationOptions): Promise<unknown> },
  id: string,
  kind: Kind<T>,
  list: (vaultId: string) => Promise<T[]>,
  options: OperationOptions,
  version: string = apiVersion,
): Promise<T | undefined> {
  // What it lies in besides, such as a container, comes after the vault.
  const vaultId = id.split("/").slice(0, 9).join("/");
  try {
    return await findListed<T>({
      path: id,
      get: () => read(client, { path: id, apiVersion: version }, kind, options),
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

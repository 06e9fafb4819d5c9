import type { PatchVault, Vault } from "@azure/arm-recoveryservices";
import type { ArmClient } from "../armClient.js";
import { isArmError } from "../errors/armError.js";
import { noneWhereUnregistered } from "../errors/noneWhereUnregistered.js";
import { OperationTimeout } from "../errors/operationTimeout.js";
import { operationName } from "../operationName.js";
import type { WriteOptions } from "../operations.js";
import { isGone } from "../reads.js";
import { pause, remainingMs, type Within } from "../within.js";
import { vaultsClient } from "./clients.js";
import { recoveryServicesVaultParts } from "./vaultId.js";

export type RecoveryServicesVaultResource = Vault;
export type RecoveryServicesVaultPatch = PatchVault;

/** Vaults by their ARM ids. Writes return when Azure's operation has ended; what the vault is then, `get` tells. */
export interface RecoveryServicesVaults {
  /** Undefined where there is none. Anything that does not prove this throws. */
  get(id: string, within: Within): Promise<Vault | undefined>;
  createOrUpdate(id: string, body: Vault, options: WriteOptions): Promise<void>;
  update(id: string, body: PatchVault, options: WriteOptions): Promise<void>;
  /** Returns when the vault is really gone: Azure lists one for a while that it does not find any more. */
  delete(id: string, options: WriteOptions): Promise<void>;
  listBySubscription(subscriptionId: string, within: Within): Promise<Vault[]>;
}

export function createRecoveryServicesVaults(client: ArmClient): RecoveryServicesVaults {
  async function at(id: string, options: WriteOptions) {
    const { subscriptionId, resourceGroupName, vaultName } = recoveryServicesVaultParts(id);
    const { vaults } = await vaultsClient(client, subscriptionId, options);
    return { vaults, resourceGroupName, vaultName };
  }

  async function isListed(id: string, options: WriteOptions): Promise<boolean> {
    const { vaults, resourceGroupName, vaultName } = await at(id, options);
    try {
      for await (const { name } of vaults.listByResourceGroup(resourceGroupName)) {
        if (name?.toLowerCase() === vaultName.toLowerCase()) return true;
      }
      return false;
    } catch (error) {
      // The group is gone too, or not everybody may list it: then the vault's own 404 has to do.
      if (isGone(error) || (isArmError(error) && error.status === 403)) return false;
      throw error;
    }
  }

  return {
    async get(id, within) {
      const { vaults, resourceGroupName, vaultName } = await at(id, within);
      try {
        return await vaults.get(resourceGroupName, vaultName);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },

    async listBySubscription(subscriptionId, within) {
      const { vaults } = await vaultsClient(client, subscriptionId, within);
      return noneWhereUnregistered(everyOne(vaults.listBySubscriptionId()));
    },

    async createOrUpdate(id, body, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, options);
      await vaults.createOrUpdate(resourceGroupName, vaultName, body);
    },

    async update(id, body, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, options);
      await vaults.update(resourceGroupName, vaultName, body);
    },

    async delete(id, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, options);
      try {
        await vaults.delete(resourceGroupName, vaultName);
      } catch (error) {
        // Of the vault: it was gone already. Of its operation: that went with it.
        if (!isArmError(error) || error.status !== 404) throw error;
      }
      // https://github.com/Azure/azure-rest-api-specs/issues/38962
      for (let waitMs = 100; await isListed(id, options); waitMs = Math.min(waitMs * 2, 10_000)) {
        if (remainingMs(options) <= waitMs) throw new OperationTimeout(operationName("DELETE", id), id, true, id);
        await pause(waitMs, options);
      }
    },
  };
}

async function everyOne<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}

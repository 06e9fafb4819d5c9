import type { PatchVault, Vault } from "@azure/arm-recoveryservices";
import type { ArmClient } from "../arm/armClient.js";
import { findListed, untilGone } from "../arm/findListed.js";
import { isDeletedAlready, type WriteOptions } from "../arm/operations.js";
import { noneWhereUnregistered } from "../arm/reads.js";
import { shareNext } from "../arm/sharedReads.js";
import type { OperationOptions } from "../http/deadline.js";
import { one, page, type Reading } from "../reading/responses.js";
import { recoveryServicesVaultParts, vaultsClient } from "./clients.js";
import {
  type ListedRecoveryServicesVault,
  listedRecoveryServicesVault,
  type RecoveryServicesVaultResource,
  recoveryServicesVault,
} from "./recoveryServicesVaultResource.js";

export type RecoveryServicesVaultPatch = PatchVault;

/** Vaults by their ARM ids. Writes return when Azure's operation has ended; what the vault is then, `get` tells. */
export interface RecoveryServicesVaults {
  /** Undefined where there is none, by its own 404 and by the list of its group. Anything that does not prove this throws. */
  get(id: string, options: OperationOptions): Promise<RecoveryServicesVaultResource | undefined>;
  createOrUpdate(id: string, body: RecoveryServicesVaultResource, options: WriteOptions): Promise<void>;
  update(id: string, body: PatchVault, options: WriteOptions): Promise<void>;
  /** Returns when the vault is really gone: Azure lists one for a while that it does not find any more. */
  delete(id: string, options: WriteOptions): Promise<void>;
  listBySubscription(subscriptionId: string, options: OperationOptions): Promise<ListedRecoveryServicesVault[]>;
}

export function createRecoveryServicesVaults(client: ArmClient): RecoveryServicesVaults {
  async function at(id: string, reading: Reading<unknown> | undefined, options: WriteOptions) {
    const { subscriptionId, resourceGroupName, vaultName } = recoveryServicesVaultParts(id);
    const { vaults } = await vaultsClient(client, subscriptionId, reading, options);
    return { vaults, resourceGroupName, vaultName };
  }

  const listOfGroup = shareNext(async (id: string, options: OperationOptions) => {
    const { vaults, resourceGroupName } = await at(id, page(listedRecoveryServicesVault), options);
    return everyOne(vaults.listByResourceGroup(resourceGroupName));
  });

  const get = (id: string, options: OperationOptions) =>
    findListed<RecoveryServicesVaultResource>({
      path: id,
      async get() {
        const { vaults, resourceGroupName, vaultName } = await at(id, one(recoveryServicesVault), options);
        return asRead(await vaults.get(resourceGroupName, vaultName));
      },
      list: () => listOfGroup(id.replace(/[^/]+$/, "-"), options),
    });

  return {
    get,

    async listBySubscription(subscriptionId, options) {
      const { vaults } = await vaultsClient(client, subscriptionId, page(listedRecoveryServicesVault), options);
      return noneWhereUnregistered(everyOne(vaults.listBySubscriptionId()));
    },

    async createOrUpdate(id, body, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, undefined, options);
      await vaults.createOrUpdate(resourceGroupName, vaultName, body);
    },

    async update(id, body, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, undefined, options);
      await vaults.update(resourceGroupName, vaultName, body);
    },

    async delete(id, options) {
      const { vaults, resourceGroupName, vaultName } = await at(id, undefined, options);
      try {
        await vaults.delete(resourceGroupName, vaultName);
      } catch (error) {
        if (!isDeletedAlready(error, id)) throw error;
      }
      // https://github.com/Azure/azure-rest-api-specs/issues/38962
      await untilGone(id, get, options);
    },
  };
}

/** Microsoft's types leave open what the reading of the response has made sure of. */
const asRead = (vault: Vault) => vault as RecoveryServicesVaultResource;

async function everyOne(pages: AsyncIterable<Vault>): Promise<ListedRecoveryServicesVault[]> {
  const found: ListedRecoveryServicesVault[] = [];
  for await (const each of pages) found.push(each as ListedRecoveryServicesVault);
  return found;
}

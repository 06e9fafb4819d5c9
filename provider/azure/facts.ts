import type { ArmClient } from "./arm/armClient.js";
import {
  type BackupInstances,
  type DeletedBackupInstances,
  type Instance,
  instanceFrom,
} from "./dataProtection/backupInstances.js";
import type { BackupPolicies } from "./dataProtection/backupPolicies.js";
import type { BackupVaults } from "./dataProtection/backupVaults.js";
import { type DppResourceGuardProxies, type ResourceGuards, readGuard } from "./dataProtection/resourceGuards.js";
import { type OperationOptions, previewDeadline } from "./http/deadline.js";
import { isNoKeyStore } from "./http/errors.js";
import { type Key, type KeyVault, keyVaultFrom, readKey } from "./keys/keyFacts.js";
import { createKeyRights, type KeyRights, readAccess } from "./keys/keyRights.js";
import { findKeyStore, getKeyStore, type KeyAddress, type KeyStoreResource, parseKeyUri } from "./keys/keyStore.js";
import type { Access } from "./keys/rights.js";
import type { RecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
import type { VaultContents } from "./recoveryServices/vaultContents.js";
import { identityExists, principalOf } from "./resourceManager/identities.js";

/** What a judgement may have to know about a live vault and its key. Each throws with the reason where it cannot be read. */
export interface AzureFacts extends VaultContents {
  instances(vaultId: string, within?: OperationOptions): Promise<Instance[]>;
  deletedInstances(vaultId: string, within?: OperationOptions): Promise<Instance[]>;
  policyNames(vaultId: string, within?: OperationOptions): Promise<string[]>;
  guard(vaultId: string, within?: OperationOptions): Promise<{ excludedOperations: string[] }>;
  key(keyUri: string, within?: OperationOptions): Promise<Key | "missing">;
  keyVault(keyUri: string, within?: OperationOptions): Promise<KeyVault | "missing">;
  keyAccess(keyUri: string, identity: KeyIdentity, within?: OperationOptions): Promise<Access>;
  /** Whether there is a user-assigned identity of this ARM id. */
  identityExists(identityId: string, within?: OperationOptions): Promise<boolean>;
  keyRights: KeyRights;
}

/** Who uses a key: a user-assigned identity by its ARM id, or whoever the vault shows as its own. */
export type KeyIdentity = { id: string } | { principalId: string | undefined };

export interface Groups {
  backupVaults: BackupVaults;
  backupInstances: BackupInstances;
  deletedBackupInstances: DeletedBackupInstances;
  backupPolicies: BackupPolicies;
  dppResourceGuardProxies: DppResourceGuardProxies;
  resourceGuards: ResourceGuards;
  recoveryServicesVaults: RecoveryServicesVaults;
  recoveryServicesContents: VaultContents;
}

type FactGroups = Omit<Groups, "backupVaults">;
const isBackupVault = (id: string): boolean => /\/backupVaults\/[^/]+$/i.test(id);

async function orMissing<T>(read: () => Promise<T>): Promise<T | "missing"> {
  try {
    return await read();
  } catch (error) {
    if (isNoKeyStore(error)) return "missing";
    throw error;
  }
}

/**
 * @param home the subscription to look in first
 * @param ids where key stores are: that changes hardly ever, and many vaults share one. What one is like is read each time
 */
export function createFactReaders(
  client: ArmClient,
  groups: FactGroups,
  home: string | undefined,
  ids: Map<string, string>,
): AzureFacts {
  const { backupInstances, deletedBackupInstances, backupPolicies, dppResourceGuardProxies, resourceGuards } = groups;
  const { recoveryServicesContents } = groups;

  /** Key, key vault and access are asked for at once, and look for one store. */
  const looking = new Map<string, Promise<KeyStoreResource>>();

  async function keyStore(keyUri: string, within: OperationOptions) {
    const address = parseKeyUri(keyUri, await client.cloud(within));
    const name = `${address.kind} ${address.store}`;
    const found = looking.get(name) ?? storeAt(name, address, within).finally(() => looking.delete(name));
    looking.set(name, found);
    return { address, store: await found };
  }

  async function storeAt(name: string, address: KeyAddress, within: OperationOptions) {
    const id = ids.get(name);
    const store =
      (id && (await getKeyStore(client, id, within))) || (await findKeyStore(client, address, home, within));
    ids.set(name, store.id);
    return store;
  }

  return {
    ...recoveryServicesContents,

    async instances(vaultId, within = previewDeadline()) {
      const found = await backupInstances.list(vaultId, within);
      if (found.length === 0) return [];
      const policies = await backupPolicies.list(vaultId, within);
      return found.map((each) => instanceFrom(each, policies, "Unknown"));
    },

    async deletedInstances(vaultId, within = previewDeadline()) {
      const found = await deletedBackupInstances.list(vaultId, within);
      if (found.length === 0) return [];
      const policies = await backupPolicies.list(vaultId, within);
      return found.map((each) => instanceFrom(each, policies, "SoftDeleted"));
    },

    async policyNames(vaultId, within = previewDeadline()) {
      return (await backupPolicies.list(vaultId, within)).map(({ name }) => name);
    },

    async guard(vaultId, within = previewDeadline()) {
      const ids = isBackupVault(vaultId)
        ? (await dppResourceGuardProxies.list(vaultId, within)).map(
            ({ properties }) => properties.resourceGuardResourceId,
          )
        : await recoveryServicesContents.resourceGuardIds(vaultId, within);
      return readGuard(
        resourceGuards,
        ids.filter((id) => id !== undefined),
        within,
      );
    },

    key: (keyUri, within = previewDeadline()) =>
      orMissing(async () => {
        const { address, store } = await keyStore(keyUri, within);
        return readKey(client, address, store, within);
      }),

    keyVault: (keyUri, within = previewDeadline()) =>
      orMissing(async () => {
        const { address, store } = await keyStore(keyUri, within);
        return keyVaultFrom(address, store);
      }),

    async keyAccess(keyUri, identity, within = previewDeadline()) {
      const principal = "id" in identity ? principalOf(client, identity.id, within) : identity.principalId;
      const [{ address, store }, principalId] = await Promise.all([keyStore(keyUri, within), principal]);
      return readAccess(client, address, store, principalId, within);
    },

    identityExists: (identityId, within = previewDeadline()) => identityExists(client, identityId, within),

    keyRights: createKeyRights(client, { keyStore, access: (...of) => readAccess(client, ...of) }),
  };
}

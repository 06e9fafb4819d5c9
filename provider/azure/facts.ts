import { kindOf } from "../vaults/vaultId.js";
import { apiVersion } from "./arm/apiVersions.js";
import type { ArmClient } from "./arm/armClient.js";
import { read } from "./arm/reads.js";
import {
  type BackupInstances,
  type DeletedBackupInstanceResource,
  type DeletedBackupInstances,
  dataStoreTypes,
  type Instance,
  instanceFrom,
} from "./dataProtection/backupInstances.js";
import type { BackupPolicies } from "./dataProtection/backupPolicies.js";
import { type BackupVaultResource, backupVault } from "./dataProtection/backupVaultResource.js";
import type { BackupVaults } from "./dataProtection/backupVaults.js";
import type { ResourceGuardProxies } from "./dataProtection/resourceGuardProxies.js";
import { type ResourceGuards, readGuard, type VaultGuard } from "./dataProtection/resourceGuards.js";
import { type OperationOptions, previewDeadline } from "./http/deadline.js";
import { isNoKeyStore } from "./http/errors.js";
import { type Key, type KeyVault, keyVaultFrom, readKey } from "./keys/keyFacts.js";
import { createKeyRights, type KeyRights, readAccess } from "./keys/keyRights.js";
import { findKeyStore, getKeyStore, type KeyAddress, type KeyStoreResource, parseKeyUri } from "./keys/keyStore.js";
import type { Access, HasRight } from "./keys/rights.js";
import { type Clusters, createClusters } from "./kubernetes/clusters.js";
import type { ProtectedItemResource, ProtectedItems } from "./recoveryServices/protectedItems.js";
import type { ProtectionContainers } from "./recoveryServices/protectionContainers.js";
import type { ProtectionPolicies } from "./recoveryServices/protectionPolicies.js";
import type { RecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
import type { VaultContents } from "./recoveryServices/vaultContents.js";
import { identityExists, principalOf } from "./resourceManager/identities.js";
import { locationOf, resourcesIn } from "./resourceManager/resources.js";
import { holdsRole } from "./roles/heldRoles.js";
import { type RoleAdministrator, roleAdministrators } from "./roles/roleAdministrators.js";

/** What a judgement may have to know about a live vault and its key. Each throws with the reason where it cannot be read. */
export interface AzureFacts extends VaultContents {
  instances(vaultId: string, options?: OperationOptions): Promise<Instance[]>;
  deletedInstances(vaultId: string, options?: OperationOptions): Promise<Instance[]>;
  /** The soft-deleted ones with all that Azure shows of them. */
  softDeletedInstances(vaultId: string, options?: OperationOptions): Promise<DeletedBackupInstanceResource[]>;
  /** What a Recovery Services vault protects, with all that Azure shows of it. */
  itemsOfVault(vaultId: string, options?: OperationOptions): Promise<ProtectedItemResource[]>;
  policyNames(vaultId: string, options?: OperationOptions): Promise<string[]>;
  guard(vaultId: string, options?: OperationOptions): Promise<VaultGuard>;
  /** The same of a vault that may have none: then no IDs. */
  guardOfVault(vaultId: string, options?: OperationOptions): Promise<VaultGuard>;
  key(keyUri: string, options?: OperationOptions): Promise<Key | "missing">;
  keyVault(keyUri: string, options?: OperationOptions): Promise<KeyVault | "missing">;
  keyAccess(keyUri: string, identity: KeyIdentity, options?: OperationOptions): Promise<Access>;
  /** The directory's id of an identity. Undefined: the vault shows none of its own. */
  principalOf(identity: KeyIdentity, options?: OperationOptions): Promise<string | undefined>;
  /** Whether there is a user-assigned identity of this ARM id. */
  identityExists(identityId: string, options?: OperationOptions): Promise<boolean>;
  keyRights: KeyRights;
  /** Whether a principal may do at a scope what a built-in role permits. */
  holdsRole(scope: string, principalId: string, roleId: string, options?: OperationOptions): Promise<HasRight>;
  /** Who may assign roles at a scope. */
  roleAdministrators(scope: string, options?: OperationOptions): Promise<RoleAdministrator[]>;
  /** A Backup vault that exists. */
  backupVault(vaultId: string, options?: OperationOptions): Promise<BackupVaultResource>;
  /** The data stores that a policy names. Undefined: there is no such policy, or it does not say. */
  dataStoresOf(policyId: string, options?: OperationOptions): Promise<string[] | undefined>;
  clusters: Clusters;
  /** Where a resource of any type is. Undefined: it is not listed in its group. */
  locationOf(resourceId: string, options?: OperationOptions): Promise<string | undefined>;
  /** The ARM IDs of what a resource group contains. */
  resourcesIn(groupId: string, options?: OperationOptions): Promise<string[]>;
}

/** Who uses a key: a user-assigned identity by its ARM id, or whoever the vault shows as its own. */
export type KeyIdentity = { id: string } | { principalId: string | undefined };

export interface OperationGroups {
  backupVaults: BackupVaults;
  backupInstances: BackupInstances;
  deletedBackupInstances: DeletedBackupInstances;
  backupPolicies: BackupPolicies;
  resourceGuardProxies: ResourceGuardProxies;
  resourceGuards: ResourceGuards;
  recoveryServicesVaults: RecoveryServicesVaults;
  recoveryServicesContents: VaultContents;
  recoveryServicesItems: ProtectedItems;
  protectionPolicies: ProtectionPolicies;
  recoveryServicesContainers: ProtectionContainers;
}

type FactGroups = Omit<OperationGroups, "backupVaults">;

async function orMissing<T>(read: () => Promise<T>): Promise<T | "missing"> {
  try {
    return await read();
  } catch (error) {
    if (isNoKeyStore(error)) return "missing";
    throw error;
  }
}

/**
 * @param home the subscription to search first
 * @param ids where key stores are: that changes hardly ever, and many vaults share one. What one is like is read each time
 */
export function createAzureFacts(
  client: ArmClient,
  groups: FactGroups,
  home: string | undefined,
  ids: Map<string, string>,
): AzureFacts {
  const { backupInstances, deletedBackupInstances, backupPolicies, resourceGuardProxies, resourceGuards } = groups;
  const { recoveryServicesContents, recoveryServicesItems } = groups;

  /** Key, key vault and access are asked for at once, and search for one store. */
  const lookups = new Map<string, Promise<KeyStoreResource>>();

  async function keyStore(keyUri: string, options: OperationOptions) {
    const address = parseKeyUri(keyUri, await client.cloud(options));
    const name = `${address.kind} ${address.store}`;
    const found = lookups.get(name) ?? storeAt(name, address, options).finally(() => lookups.delete(name));
    lookups.set(name, found);
    return { address, store: await found };
  }

  async function storeAt(name: string, address: KeyAddress, options: OperationOptions) {
    const id = ids.get(name);
    const store =
      (id && (await getKeyStore(client, id, options))) || (await findKeyStore(client, address, home, options));
    ids.set(name, store.id);
    return store;
  }

  const guardOfVault = async (vaultId: string, options: OperationOptions) =>
    readGuard(resourceGuards, await resourceGuardProxies.list(vaultId, options), kindOf(vaultId), options);

  const principal = async (identity: KeyIdentity, options: OperationOptions) =>
    "id" in identity ? principalOf(client, identity.id, options) : identity.principalId;

  return {
    ...recoveryServicesContents,

    async instances(vaultId, options = previewDeadline()) {
      const found = await backupInstances.list(vaultId, options);
      if (found.length === 0) return [];
      const policies = await backupPolicies.list(vaultId, options);
      return found.map((each) => instanceFrom(each, policies, "Unknown"));
    },

    async deletedInstances(vaultId, options = previewDeadline()) {
      const found = await deletedBackupInstances.list(vaultId, options);
      if (found.length === 0) return [];
      const policies = await backupPolicies.list(vaultId, options);
      return found.map((each) => instanceFrom(each, policies, "SoftDeleted"));
    },

    softDeletedInstances: (vaultId, options = previewDeadline()) => deletedBackupInstances.list(vaultId, options),

    itemsOfVault: (vaultId, options = previewDeadline()) => recoveryServicesItems.list(vaultId, options),

    async policyNames(vaultId, options = previewDeadline()) {
      return (await backupPolicies.list(vaultId, options)).map(({ name }) => name);
    },

    async guard(vaultId, options = previewDeadline()) {
      const found = await guardOfVault(vaultId, options);
      if (found.ids.length === 0) throw new Error("the vault does not name its resource guard.");
      return found;
    },

    guardOfVault: (vaultId, options = previewDeadline()) => guardOfVault(vaultId, options),

    key: (keyUri, options = previewDeadline()) =>
      orMissing(async () => {
        const { address, store } = await keyStore(keyUri, options);
        return readKey(client, address, store, options);
      }),

    keyVault: (keyUri, options = previewDeadline()) =>
      orMissing(async () => {
        const { address, store } = await keyStore(keyUri, options);
        return keyVaultFrom(address, store);
      }),

    async keyAccess(keyUri, identity, options = previewDeadline()) {
      const found = [keyStore(keyUri, options), principal(identity, options)] as const;
      const [{ address, store }, principalId] = await Promise.all(found);
      return readAccess(client, address, store, principalId, options);
    },

    principalOf: (identity, options = previewDeadline()) => principal(identity, options),

    identityExists: (identityId, options = previewDeadline()) => identityExists(client, identityId, options),

    holdsRole: (scope, principalId, roleId, options = previewDeadline()) =>
      holdsRole(client, scope, principalId, roleId, options),

    roleAdministrators: (scope, options = previewDeadline()) => roleAdministrators(client, scope, options),

    backupVault: (vaultId, options = previewDeadline()) =>
      read(client, { path: vaultId, apiVersion }, backupVault, options),

    async dataStoresOf(policyId, options = previewDeadline()) {
      return dataStoreTypes(await backupPolicies.get(policyId, options));
    },

    clusters: createClusters(client),

    locationOf: (resourceId, options = previewDeadline()) => locationOf(client, resourceId, options),

    resourcesIn: (groupId, options = previewDeadline()) => resourcesIn(client, groupId, options),

    keyRights: createKeyRights(client, { keyStore, access: (...of) => readAccess(client, ...of) }),
  };
}

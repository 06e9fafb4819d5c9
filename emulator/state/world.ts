import { randomUUID } from "node:crypto";
import type { Application, Role, RoleAssignment } from "./identityRecords.js";
import type { DeletedStore, KeyVaultRecord, ManagedHsmRecord } from "./keyRecords.js";
import type { LongRunningOperation } from "./longRunningOperation.js";
import type {
  ArmResource,
  BackupVaultBody,
  BackupVaultRecord,
  DeletedBackupVault,
  DeletedRecoveryServicesVault,
  ProtectedSource,
  RecoveryServicesVaultRecord,
} from "./records.js";

/**
 * All that the emulated Azure knows: plain data. Keys of resources are their lower-cased ids, since Azure's ids are
 * the same in any case.
 *
 * Whoever changes an entry of one of its maps takes it out with `get` first: that is how the data file knows what to write.
 */
export interface World {
  tenantId: string;
  subscriptionId: string;
  application: Application;
  resourceGroups: Map<string, ArmResource>;
  userAssignedIdentities: Map<string, ArmResource>;
  resourceGuards: Map<string, ArmResource>;
  /** AKS clusters, their extensions, and what they let other resources do. */
  /** What can be backed up, of which the place is known. */
  dataSources: Map<string, ArmResource>;
  managedClusters: Map<string, ArmResource>;
  clusterExtensions: Map<string, ArmResource>;
  trustedAccessRoleBindings: Map<string, ArmResource>;
  vaults: Map<string, BackupVaultRecord>;
  deletedVaults: Map<string, DeletedBackupVault>;
  /** By the lower-cased id of a data source. */
  protectedSources: Map<string, ProtectedSource>;
  recoveryServicesVaults: Map<string, RecoveryServicesVaultRecord>;
  deletedRecoveryServicesVaults: Map<string, DeletedRecoveryServicesVault>;
  /** Vaults of both kinds that are gone, for reads that do not know it yet. */
  lastDeletedVaults: Map<string, BackupVaultBody>;
  /** Of storage accounts: what Azure Backup finds in them. */
  fileShares: Map<string, ArmResource>;
  keyVaults: Map<string, KeyVaultRecord>;
  managedHsms: Map<string, ManagedHsmRecord>;
  /** By lower-cased name: names of key vaults are unique in all of Azure. */
  deletedKeyVaults: Map<string, DeletedStore<KeyVaultRecord>>;
  deletedManagedHsms: Map<string, DeletedStore<ManagedHsmRecord>>;
  /** Of user-assigned identities. */
  federatedIdentityCredentials: Map<string, ArmResource>;
  roleAssignments: Map<string, RoleAssignment>;
  /** Namespaces of resource providers that the subscription may not use; all others it may. */
  unregistered: Set<string>;
  denyAssignments: Map<string, ArmResource>;
  customRoles: Map<string, Role>;
  operations: Map<string, LongRunningOperation>;
  /** The operations that have not ended yet. */
  running: Set<string>;
}

/**
 * The tenant, subscription and application of every emulator, so that a client's environment outlives a restart. The
 * secret is no secret, as the well-known key of the storage emulator: only this machine reaches the emulator.
 */
const wellKnown = {
  tenantId: "7e7a0000-0000-4000-8000-00000000e7a1",
  subscriptionId: "5b5c0000-0000-4000-8000-0000000005b5",
  application: {
    clientId: "c11e0000-0000-4000-8000-00000000c11e",
    clientSecret: "emulator~client~secret~of~no~value",
    objectId: "0b1e0000-0000-4000-8000-0000000000b1",
    certificates: [],
    federatedCredentials: [],
  },
};

export function emptyWorld(): World {
  return {
    ...structuredClone(wellKnown),
    resourceGroups: new Map(),
    userAssignedIdentities: new Map(),
    resourceGuards: new Map(),
    dataSources: new Map(),
    managedClusters: new Map(),
    clusterExtensions: new Map(),
    trustedAccessRoleBindings: new Map(),
    vaults: new Map(),
    deletedVaults: new Map(),
    protectedSources: new Map(),
    recoveryServicesVaults: new Map(),
    deletedRecoveryServicesVaults: new Map(),
    lastDeletedVaults: new Map(),
    fileShares: new Map(),
    keyVaults: new Map(),
    managedHsms: new Map(),
    deletedKeyVaults: new Map(),
    deletedManagedHsms: new Map(),
    federatedIdentityCredentials: new Map(),
    roleAssignments: new Map(),
    unregistered: new Set(),
    denyAssignments: new Map(),
    customRoles: new Map(),
    operations: new Map(),
    running: new Set(),
  };
}

export function guid(): string {
  return randomUUID();
}

/** The snapshot of those who need only one. */
export const unnamed = "unnamed";

/** Worlds to come back to, by name: as long as the process lives. */
export class Snapshots {
  #taken = new Map<string, { world: World; at: string }>();

  /** In place of one with the same name. */
  take(name: string, world: World): void {
    this.#taken.delete(name);
    this.#taken.set(name, { world: structuredClone(world), at: new Date().toISOString() });
  }

  get(name: string): World | undefined {
    return structuredClone(this.#taken.get(name)?.world);
  }

  /** Oldest first. */
  all(): Snapshot[] {
    return [...this.#taken].map(([name, { at }]) => ({ name, at }));
  }

  delete(name: string): void {
    this.#taken.delete(name);
  }
}

interface Snapshot {
  name: string;
  at: string;
}

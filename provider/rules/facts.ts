import type { VaultKind } from "../vaults/vaultId.js";

/** Live facts, read only when a verdict names them in `needs`. Absent: not read yet. */
interface SharedFacts {
  /** The key that the vault is to use. */
  key?: Fact<Key | "missing">;
  keyVault?: Fact<KeyVault | "missing">;
  access?: Fact<Access>;
  /** The same three for the key that the vault uses now. */
  oldKey?: Fact<Key | "missing">;
  oldKeyVault?: Fact<KeyVault | "missing">;
  oldAccess?: Fact<Access>;
  /** The ARM IDs of the vault's resource guards, and the critical operations that they exclude, by their ARM names. */
  guard?: Fact<{ ids?: string[]; excludedOperations: string[] }>;
  /** The live vault. Its content is the transition's `before`; here stands only why it could not be read. */
  vault?: Fact<"read">;
}

interface BackupVaultFacts extends SharedFacts {
  /** Active backup instances of the vault. */
  protection?: Fact<Instance[]>;
  /** Soft-deleted backup instances of the vault. */
  deleted?: Fact<Instance[]>;
  /** Names of the vault's backup policies. */
  policies?: Fact<string[]>;
}

interface RecoveryServicesVaultFacts extends SharedFacts {
  /** The items that the vault backs up, the soft-deleted ones too. */
  protectedItems?: Fact<ProtectedItem[]>;
  /** Storage accounts, servers and workloads that are registered with the vault. */
  containers?: Fact<RegisteredContainer[]>;
  /** What Site Recovery has in the vault. */
  replication?: Fact<Replication>;
  /** `Locked` since the first registration with the vault, or `Unlocked`. */
  storageTypeState?: Fact<string>;
}

interface FactsByKind {
  BackupVault: BackupVaultFacts;
  RecoveryServicesVault: RecoveryServicesVaultFacts;
}

/** What a rule about vaults of kind `K` may ask for. */
export type FactsOf<K extends VaultKind> = FactsByKind[K];

/** The facts of either kind: whoever reads them serves both. */
export interface Facts extends BackupVaultFacts, RecoveryServicesVaultFacts {}

export type FactName = keyof Facts;
export type FactNameOf<K extends VaultKind> = keyof FactsOf<K>;

/** What was read, or why it could not be. A fact that nobody may read is an answer too. */
export type Fact<T> = { value: T } | { unreadable: string };

export interface Instance {
  name: string;
  /** The ARM id. */
  id?: string;
  /** The ARM id of the policy that it uses. */
  policyId?: string;
  /** Azure's `currentProtectionState`, or `protectionStatus.status` where that is absent. */
  state: string;
  /** The ARM id of what it backs up. */
  dataSourceId?: string;
  /** Azure's `dataSourceInfo.datasourceType`, e.g. `Microsoft.Storage/storageAccounts/blobServices`. */
  datasourceType?: string;
  /** `OperationalStore` only: nothing of it lies in the vault. Absent: not known. */
  dataStoreTypes?: string[];
  /** The ARM ids of the resource groups with its snapshots. Absent: none. */
  snapshotGroups?: string[];
  /** The containers of blobs that it names, or that rules choose them. Absent: neither. */
  containers?: string[] | "byRule";
  /** `SystemAssigned` or the ARM id of the user-assigned identity that the instance uses. */
  identity?: string;
}

export interface ProtectedItem {
  name: string;
  /** Of a file share, its name, where `name` is another. */
  share?: string;
  /** The ARM id, which contains the container's name. */
  id?: string;
  /** The ARM id of the policy that it uses. A soft-deleted item has none. */
  policyId?: string;
  /** Azure's `protectionState`, e.g. `Protected`, `ProtectionStopped` or `IRPending`. */
  state: string;
  /** Azure's `backupManagementType`, e.g. `AzureIaasVM`. `MAB` is the MARS agent. */
  managementType?: string;
  /** The ARM id of the machine, or of the storage account of a file share. */
  sourceResourceId?: string;
  /** Azure's `protectedItemType`, e.g. `Microsoft.ClassicCompute/virtualMachines`. */
  type?: string;
  isSoftDeleted: boolean;
}

export interface RegisteredContainer {
  name: string;
  /** Azure's `backupManagementType`, e.g. `AzureStorage`. `MAB` is the MARS agent. */
  managementType?: string;
}

export interface Replication {
  replicatedItems: number;
  registeredServers: number;
}

export interface Key {
  /** `RSA`, `RSA-HSM`, `EC`, ... */
  type: string;
  size?: number;
  enabled: boolean;
  /** Unix seconds. */
  notBefore?: number;
  expires?: number;
}

export interface KeyVault {
  kind: "KeyVault" | "ManagedHsm";
  softDelete: boolean;
  purgeProtection: boolean;
  networkRestricted: boolean;
  /** Azure's name of the region, e.g. `westeurope`. */
  location?: string;
}

/** What the vault's identity may do with the key. `unknown`: Azure's roles do not let us be sure. */
export interface Access {
  get: "yes" | "no" | "unknown";
  wrap: "yes" | "no" | "unknown";
  unwrap: "yes" | "no" | "unknown";
  /** True where access policies or a deny assignment decide, so that "no" is a proof. */
  proven: boolean;
  /** The deny assignment that takes rights away. */
  deniedBy?: string;
  /** Why deny assignments could not be read. */
  unseen?: string;
}

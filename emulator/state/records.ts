/** A resource as Resource Manager shows it. */
// biome-ignore lint/suspicious/noExplicitAny: resource bodies are Azure's JSON, of any shape
export type ArmResource = Record<string, any>;

/** A resource with a location, settings and perhaps identities. */
export interface TrackedResource extends ArmResource {
  id: string;
  name: string;
  type: string;
  location: string;
  tags?: Record<string, string>;
  identity?: ArmResource;
  properties: ArmResource;
}

export type BackupVaultBody = TrackedResource;

/** A backup vault with all that lives in it. Names of children are keys in lower case. */
export interface BackupVaultRecord {
  body: BackupVaultBody;
  /** As it was before its last write: what a stale read still shows. */
  previous?: BackupVaultBody;
  policies: Map<string, ArmResource>;
  instances: Map<string, ArmResource>;
  deletedInstances: Map<string, ArmResource>;
  guardProxies: Map<string, ArmResource>;
  /** Oldest first. */
  jobs: Map<string, ArmResource>;
  /** What a resource guard protects and may be deleted for a while: lower-cased ids, until when. */
  unlocked: Map<string, number>;
  /** Its creation has not succeeded yet: what is written to it still counts as creating it. */
  neverProvisioned: boolean;
  /** The write that is under way. */
  operation?: string;
  /** The last operation on each of its instances. */
  instanceOperations: Map<string, string>;
}

export function emptyVault(body: BackupVaultBody): BackupVaultRecord {
  return {
    body,
    neverProvisioned: true,
    policies: new Map(),
    instances: new Map(),
    deletedInstances: new Map(),
    guardProxies: new Map(),
    jobs: new Map(),
    unlocked: new Map(),
    instanceOperations: new Map(),
  };
}

/** Where the backup instance of a data source is. */
export interface ProtectedSource {
  vaultId: string;
  instance: string;
}

export interface DeletedBackupVault {
  /** As the list of deleted vaults shows it. */
  body: ArmResource;
  record: BackupVaultRecord;
}

export const backupVaultType = "Microsoft.DataProtection/backupVaults";

/** A Recovery Services vault with all that lives in it. Names of children are keys in lower case. */
export interface RecoveryServicesVaultRecord {
  body: TrackedResource;
  /** As it was before its last write: what a stale read still shows. */
  previous?: TrackedResource;
  /** Its creation has not succeeded yet: what is written to it still counts as creating it. */
  neverProvisioned: boolean;
  /** The write that is under way. */
  operation?: string;
  /** Reads find it no more, lists still do. */
  isBeingDeleted: boolean;
  /** The vault's own API has written the redundancy, or the soft delete: the old configurations may no more. */
  vaultApiWrote: { redundancy: boolean; softDelete: boolean };
  /** Something was registered once, or attempted to be: that is never undone. */
  everRegistered: boolean;
  everProtected: boolean;
  extendedInfo: ArmResource;
  policies: Map<string, ArmResource>;
  /** Keys are `fabric/container`. */
  containers: Map<string, ArmResource>;
  /** By the keys of containers: the ids of the file shares, in lower case, that the last look into them has found. */
  discovered?: Record<string, string[]>;
  /** Keys are `fabric/container/item`. Soft-deleted ones stay here, as in Azure's list. */
  protectedItems: Map<string, ArmResource>;
  jobs: Map<string, ArmResource>;
  replicatedItems: Map<string, ArmResource>;
  /** Absent: never written. */
  replicationSettings?: ArmResource;
  guardProxies: Map<string, ArmResource>;
  /** Until when what a resource guard guards may be deleted. Keys are ids in lower case. */
  unlocked: Map<string, number>;
}

export interface DeletedRecoveryServicesVault {
  /** As the list of deleted vaults shows it. */
  body: ArmResource;
  record: RecoveryServicesVaultRecord;
}

export const recoveryServicesVaultType = "Microsoft.RecoveryServices/vaults";

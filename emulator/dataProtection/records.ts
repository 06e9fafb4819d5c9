import type { ArmResource, TrackedResource } from "../armResource.js";

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

export const vaultType = "Microsoft.DataProtection/backupVaults";

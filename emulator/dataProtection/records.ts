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
  /** Until then the vault may be taken from its resource guard. */
  unlockedUntil?: number;
  /** Its creation has not succeeded yet: what is written to it still counts as creating it. */
  neverProvisioned: boolean;
  /** The write that is under way. */
  operation?: string;
}

export interface DeletedBackupVault {
  /** As the list of deleted vaults shows it. */
  body: ArmResource;
  record: BackupVaultRecord;
}

export const vaultType = "Microsoft.DataProtection/backupVaults";

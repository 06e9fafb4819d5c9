import type { ArmResource, TrackedResource } from "../armResource.js";

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
  /** Keys are `fabric/container/item`. Soft-deleted ones stay here, as in Azure's list. */
  protectedItems: Map<string, ArmResource>;
  jobs: Map<string, ArmResource>;
  replicatedItems: Map<string, ArmResource>;
  /** Absent: never written. */
  replicationSettings?: ArmResource;
  guardProxies: Map<string, ArmResource>;
  /** Until then the vault may be taken from its resource guard. */
  unlockedUntil?: number;
}

export interface DeletedRecoveryServicesVault {
  /** As the list of deleted vaults shows it. */
  body: ArmResource;
  record: RecoveryServicesVaultRecord;
}

export const vaultType = "Microsoft.RecoveryServices/vaults";

import type { RoleAssignment } from "./identityRecords.js";
import type { ArmResource } from "./records.js";

/** A key vault or a Managed HSM, with its keys by lower-cased name. */
export interface KeyStoreRecord {
  /** As Resource Manager shows it, but for the address of its data plane. */
  body: ArmResource;
  keys: Map<string, KeyRecord>;
  /** They can be recovered, and their names are taken. */
  deletedKeys: Map<string, DeletedKey>;
}

export interface KeyVaultRecord extends KeyStoreRecord {
  /** The access policies before their last change, which takes a while to have its effect. */
  formerPolicies?: { accessPolicies: ArmResource[]; until: number };
  /** As they were before their last change: what a stale read still shows. */
  previousPolicies?: ArmResource[];
}

export interface ManagedHsmRecord extends KeyStoreRecord {
  /** Its own, inside the HSM: Resource Manager knows nothing of them. By name. */
  roleAssignments: Map<string, RoleAssignment>;
}

export interface DeletedStore<Record extends KeyStoreRecord> {
  record: Record;
  deletedAt: number;
}

export interface KeyRecord {
  name: string;
  /** Oldest first: the last one is the key without a version. */
  versions: KeyVersion[];
  /** Without its id. */
  rotationPolicy?: ArmResource;
}

export interface DeletedKey {
  key: KeyRecord;
  deletedAt: number;
}

export interface KeyVersion {
  version: string;
  kty: string;
  keySize?: number;
  curveName?: string;
  keyOps: string[];
  /** As on the wire: `enabled`, `nbf` and `exp` in Unix seconds. */
  attributes: { enabled: boolean; nbf?: number; exp?: number; created: number; updated: number };
  tags: Record<string, string>;
  /** The key itself, as PEM: made when it is first used, since making one takes a while. */
  privateKey?: string;
}

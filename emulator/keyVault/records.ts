import type { ArmResource } from "../armResource.js";

/** A key vault with its keys, by lower-cased name. */
export interface KeyVaultRecord {
  body: ArmResource;
  keys: Map<string, KeyRecord>;
}

export interface KeyRecord {
  name: string;
  tags: Record<string, string>;
  /** Oldest first: the last one is the key without a version. */
  versions: KeyVersion[];
}

export interface KeyVersion {
  version: string;
  kty: string;
  keySize?: number;
  curveName?: string;
  keyOps: string[];
  /** As on the wire: `enabled`, `nbf` and `exp` in Unix seconds. */
  attributes: { enabled: boolean; nbf?: number; exp?: number; created: number; updated: number };
}

export const keyVaultType = "Microsoft.KeyVault/vaults";

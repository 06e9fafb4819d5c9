import type { Fact, FactName, Facts } from "../provider/rules/facts.js";
import type { ClusterStorage } from "../provider/vaults/clusterStorage.js";
import type { VaultKind } from "../provider/vaults/vaultId.js";

/**
 * Reads the live vaults and facts for a review, which never reads Azure itself. No method may throw: a result that could
 * not be read says why.
 */
export interface Live {
  /** The vault in Resource Manager's response. */
  vault(kind: VaultKind, id: string): Promise<LiveResource>;
  /** Why Azure cannot be read at all, once that is known. The report says it once. */
  noAccess?(): string | undefined;
  /** Only the facts that the verdicts need. */
  facts(about: FactQuery, names: FactName[]): Promise<Facts>;
  /** The vaults that are encrypted with the key of a `KeyAccess`. */
  vaultsUsing?(access: KeyAccess): Promise<Fact<KeyUser[]>>;
  /** The vaults of these subscriptions, and of the one that is configured. */
  vaults?(subscriptions: readonly string[]): Promise<ListedVaults | { unreadable: string }>;
  /** The ARM IDs of the resource guards that protect a vault. */
  resourceGuards?(kind: VaultKind, id: string): Promise<Fact<string[]>>;
  /** The ARM IDs of what a resource group contains. */
  resourcesIn?(groupId: string): Promise<Fact<string[]>>;
  /** A backup policy in Resource Manager's response. */
  policy?(kind: VaultKind, id: string): Promise<LiveResource>;
  /** Where the backups of an AKS cluster are, by its backup extension. Undefined: it has none, or there is no such cluster. */
  clusterStorage?(clusterId: string): Promise<Fact<ClusterStorage | undefined>>;
  /** The principals of an AKS cluster's identities, and of its backup extension. */
  clusterPrincipals?(clusterId: string): Promise<Fact<ClusterPrincipals>>;
  /** The permissions on keys in a principal's access policy of a key's key vault. None if that uses roles. */
  keyPermissions?(keyUri: string, principalId: string): Promise<Fact<string[]>>;
}

export interface ClusterPrincipals {
  cluster: string[];
  extension: string[];
}

export interface ListedVaults {
  vaults: ListedVault[];
  /** Which subscriptions may have more, and why these were not read. */
  unread: { subscription: string; why: string }[];
}

/** A vault in Azure, and what its encryption depends on. */
export interface ListedVault {
  kind: VaultKind;
  id: string;
  name: string;
  /** Absent: it has no customer-managed key. */
  encryption?: { keyUri: string; identity: string };
  /** The principal of the identity that accesses the key. */
  principalId?: string;
  /** The ARM IDs of its user-assigned identities. */
  userAssigned: string[];
  /** Each identity, `SystemAssigned` or by its ARM ID, and its principal. Absent: not known. */
  identities?: { id: string; principalId?: string }[];
  isGuarded: boolean;
}

export type LiveResource = { body: object } | { missing: true } | { unreadable: string };

/** A vault, and its key and identity before and after the change. */
export interface FactQuery {
  kind: VaultKind;
  /** The live vault, if it was just read. */
  body?: object;
  /** Absent if the vault does not exist yet. */
  id?: string;
  before: Key;
  after: Key;
}

interface Key {
  keyUri?: string;
  /** `SystemAssigned` or the ARM ID of a user-assigned identity. */
  identity?: string;
}

export interface KeyUser {
  kind: VaultKind;
  id: string;
  name: string;
  /** The identity that accesses the key: `SystemAssigned` or the ARM ID of a user-assigned one. */
  identity?: string;
}

/** What a `KeyAccess` grants, and to which principal. */
export interface KeyAccess {
  keyUri: string;
  principalId: string;
  keyVaultId: string;
  /** How it is granted, and on what: access to a key vault covers all its keys. */
  grantedBy?: string;
  scope?: string;
}

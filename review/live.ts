import type { FactName, Facts } from "../provider/rules/index.js";
import type { VaultKind } from "../provider/vaults/vaultId.js";

/**
 * What Azure knows, as far as somebody can ask it. A review never asks by itself. Nothing of this may throw: what
 * cannot be read says why.
 */
export interface Live {
  /** The vault as Resource Manager answers it. */
  vault(kind: VaultKind, id: string): Promise<LiveVault>;
  /** Why nobody could ask Azure anything, once that is known. It is said once for all. */
  noAccess?(): string | undefined;
  /** The facts that a judgement asks for, and only those. */
  facts(about: About, names: FactName[]): Promise<Facts>;
  /** The vaults that are encrypted with the key of an access. */
  vaultsUsing?(access: KeyAccess): Promise<{ value: KeyUser[] } | { unreadable: string }>;
}

export type LiveVault = { body: object } | { missing: true } | { unreadable: string };

/** A vault, its key and who reaches it, before and after. */
export interface About {
  kind: VaultKind;
  /** The vault as it was read a moment ago. */
  body?: object;
  /** Absent: the vault is to be created. */
  id?: string;
  before: Key;
  after: Key;
}

interface Key {
  keyUri?: string;
  /** `SystemAssigned` or the ARM id of a user-assigned identity. */
  identity?: string;
}

export interface KeyUser {
  kind: VaultKind;
  id: string;
  name: string;
  /** By which it uses the key: `SystemAssigned` or the ARM id of a user-assigned one. */
  identity?: string;
}

/** What a `KeyAccess` gives to whom. */
export interface KeyAccess {
  keyUri: string;
  principalId: string;
  keyVaultId: string;
  /** How and where: what is given at a key vault is good for all its keys. */
  grantedBy?: string;
  scope?: string;
}

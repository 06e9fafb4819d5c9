import type { Vault } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { State } from "../preview/step.js";
import type { Value } from "../values.js";

/** How one provider speaks of vaults. */
export interface VaultType {
  provider: Provider;
  kind: VaultKind;
  /** Whether it takes the steps that Azure wants one by one, where it wants several. */
  multiRequestWrites?: boolean;
  /** Its arguments or its outputs in the rules' normal form. */
  vault(settings: Value, id: string | undefined): Vault;
  /** The api-version that it writes with, or deletes with where nothing comes after: Azure's behaviour depends on it. */
  apiVersion(state: State | undefined, after: Vault | undefined): string;
  /** The rules' name of its property. */
  property(name: string): string;
}

/** A resource that sets something of a vault that another resource, or nobody, manages. */
export interface PartType {
  provider: Provider;
  /** The kinds of vaults that it may be a part of, and how it writes them. */
  vaults: readonly Pick<VaultType, "kind" | "apiVersion" | "multiRequestWrites">[];
  /** The ARM id of the vault. */
  vaultId(settings: Value): Value;
  /** The vault with what the resource sets. */
  added(vault: Vault, settings: Value): Vault;
  /** The vault without it. */
  removed(vault: Vault, settings: Value): Vault;
}

export type Provider = "azure-backup" | "azure-native" | "azure";

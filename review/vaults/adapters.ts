import type { VaultDefinition } from "../../provider/vaults/definitions.js";
import { forRules, type LiveState, type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { isSameVault, parseVaultId, type VaultId } from "../../provider/vaults/vaultId.js";
import type { State } from "../preview/step.js";
import type { Value } from "../values.js";

/** How one provider speaks of vaults of one kind. */
export interface PreviewAdapter {
  provider: Provider;
  definition: VaultDefinition;
  /** Whether it takes the steps that Azure wants one by one, where it wants several. */
  multiRequestWrites: boolean;
  /** Its arguments or its outputs in the shape of this package's arguments. A leaf that is not known is `unknown`. */
  settings(values: Value): Settings;
  /** What its outputs say besides. */
  state(values: Value): LiveState;
  /** The api-version that it writes with, or deletes with where nothing comes after: Azure's behaviour depends on it. */
  apiVersion(state: State | undefined, after: Vault | undefined): string;
  /** The rules' name of its property. */
  property(name: string): string;
}

export type Settings = Readonly<Record<string, unknown>>;

/** A resource that sets something of a vault that another resource, or nobody, manages. */
export interface PartType {
  provider: Provider;
  /** The kinds of vaults that it may be a part of, and how it writes them. */
  vaults: readonly Pick<PreviewAdapter, "definition" | "apiVersion" | "multiRequestWrites">[];
  /** The ARM id of the vault. */
  vaultId(settings: Value): Value;
  /** The vault with what the resource sets. */
  added(vault: Vault, settings: Value): Vault;
  /** The vault without it. */
  removed(vault: Vault, settings: Value): Vault;
}

export type Provider = "azure-backup" | "azure-native" | "azure";

/** What a provider says of a vault, as rules judge it. */
export const vaultOf = (adapter: PreviewAdapter, values: Value): Vault =>
  forRules(adapter.definition, adapter.settings(values), adapter.state(values));

/** What a vault's ARM id says of it. Nothing where it is not known, or no such id. */
export function partsOf(id: Maybe<string> | undefined): Partial<Omit<VaultId, "kind">> {
  if (id === undefined || id === unknown) return {};
  const { kind: _, ...names } = parseVaultId(id) ?? {};
  return names;
}

export const isVaultId = (id: unknown): id is string => typeof id === "string" && parseVaultId(id) !== undefined;

export const sameVault = (a: unknown, b: unknown): boolean => isVaultId(a) && isVaultId(b) && isSameVault(a, b);

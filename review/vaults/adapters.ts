import type { VaultDefinition } from "../../provider/vaults/definitions.js";
import { forRules, type LiveState, type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { isSameVault, parseVaultId, type VaultId } from "../../provider/vaults/vaultId.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import type { Provider } from "../report.js";
import type { Value } from "../values.js";

/** How one provider describes vaults of one kind. */
export interface PreviewAdapter {
  provider: Provider;
  /** Whether refusals that rest on reports can be overridden by its argument `accept`. */
  hasAccept?: true;
  definition: VaultDefinition;
  /** Whether it performs separate requests where Azure requires several. */
  multiRequestWrites: boolean;
  /** Its arguments or outputs in the shape of this package's arguments. A value that is not known is `unknown`. */
  settings(values: Value): Settings;
  /** All datastores of the vault, as in ARM's `storageSettings`. Its settings have the main one. */
  stores?(values: Value): Value;
  /** Further state in its outputs. */
  state(values: Value): LiveState;
  /** The api-version that it writes with, or deletes with if `after` is undefined. Azure's behaviour depends on it. */
  apiVersion(state: State | undefined, after: Vault | undefined): string;
  /** The name that the rules use for its property. */
  property(name: string): string;
}

export type Settings = Readonly<Record<string, unknown>>;

/** A resource that sets something on a vault that another resource, or nothing, manages. */
export interface PartAdapter extends Pick<PreviewAdapter, "hasAccept"> {
  provider: Provider;
  /** The kinds of vaults that it can belong to, and how it writes them. */
  vaults: readonly Pick<PreviewAdapter, "definition" | "apiVersion" | "multiRequestWrites">[];
  /** The vault's ARM ID. */
  vaultId(settings: Value): Value;
  /** The vault with what the resource sets. */
  added(vault: Vault, settings: Value): Vault;
  /** The vault without it. */
  removed(vault: Vault, settings: Value): Vault;
  /**
   * Set if Azure has the resource itself: its outputs show all of it, and it can be written together with a new vault. The codes
   * of refusals of a new vault that have been observed in the vault's own API, and not in this one.
   */
  inAzure?: { notObserved: readonly string[] };
}

/** How a review treats a resource type. */
export type Subject =
  | { is: "vault"; vault: PreviewAdapter }
  | { is: "part"; part: PartAdapter }
  | { is: "keyAccess" }
  | { is: "dependency"; dependency: Dependency }
  | Unsupported;

export interface Unsupported {
  is: "unsupported";
  provider: Provider;
  why: string;
  /** The changes of it that are of no interest. */
  without?: readonly PlannedChange["action"][];
  /** The changes of it that count only if a storage account or a cluster that its arguments name is backed up. */
  ifBackedUp?: readonly PlannedChange["action"][];
}

export const everyAction: readonly PlannedChange["action"][] = ["create", "update", "replace", "delete"];

/** A resource that the data in vaults depends on. */
export interface Dependency {
  kind: DependencyKind;
  /** As pages call it. */
  noun: string;
  /** A part of a vault: a review shows every change of it. Anything else is shown only if there is a finding. */
  isOfVault: boolean;
  provider: Provider;
}

export type DependencyKind =
  | "resourceGroup"
  | "backupInstance"
  | "protectedItem"
  | "protectionAction"
  | "container"
  | "replicatedItem"
  | "policy"
  | "key"
  | "certificate"
  | "keyVault"
  | "managedHsm"
  | "identity"
  | "roleAssignment"
  | "roleDefinition"
  | "accessPolicy"
  | "lock"
  | "resourceGuard"
  | "guardAssociation"
  | "privateEndpoint"
  | "denySettings"
  | SourceKind;

/** What operational backups are kept in: a storage account, what is in it, and what says which one it is. And who lets vaults in. */
export type SourceKind =
  | "storageAccount"
  | "networkRules"
  | "fileShare"
  | "blobContainer"
  | "storageService"
  | "lifecyclePolicy"
  | "snapshot"
  | "restorePoint"
  | "clusterExtension"
  | "trustedAccess";

/** A vault in the rules' form. */
export const vaultOf = (adapter: PreviewAdapter, values: Value): Vault =>
  forRules(adapter.definition, adapter.settings(values), adapter.state(values));

/** The names in a vault's ARM ID. Empty if it is not known or not a vault's. */
export function partsOf(id: Maybe<string> | undefined): Partial<Omit<VaultId, "kind">> {
  if (id === undefined || id === unknown) return {};
  const { kind: _, ...names } = parseVaultId(id) ?? {};
  return names;
}

export const isVaultId = (id: unknown): id is string => typeof id === "string" && parseVaultId(id) !== undefined;

export const sameVault = (a: unknown, b: unknown): boolean => isVaultId(a) && isVaultId(b) && isSameVault(a, b);

import type { DeletedVault, SharedReads } from "../azure/index.js";

/**
 * What one run of Pulumi remembers: the provider's process serves one run, and all resources of the program pass through
 * it. Vaults stand here by their ids in lower case.
 */
export interface Run {
  /** A resource of the program has them: as ones that it had before, or has taken over. */
  keptVaults: Set<string>;
  /** The program will create them: what is set on them may refer to a vault that is not there yet. */
  awaitedVaults: Set<string>;
  /** New resources of the program are for them. In a program no two resources are one vault. */
  newVaults: Set<string>;
  /** Resources of the stack had them before this run. */
  recordedVaults: Set<string>;
  /** Resources of this run take them over. */
  adoptedVaults: Set<string>;
  /** Are to change, and Azure does not have them. */
  goneVaults: Set<string>;
  /** Will be deleted and made again under their ids. */
  replacedVaults: Set<string>;
  /** Of those, the ones whose new half the engine is still to have checked, as a new vault. */
  newHalves: Set<string>;
  /** `read` has come to them, and no `check` since: the next `diff` is that of a refresh. */
  readVaults: Set<string>;
  /** The last write to each of them. */
  writes: Map<string, Promise<unknown>>;
  /** Settings that go over from a vault's own resource to others of the program. */
  settingsTakenOver: Map<string, ("identity" | "encryption")[]>;
  /** `{setting} {vault}`: set by the vault's own resource. */
  inlineOwners: Set<string>;
  /** `{setting} {vault}`: set by another resource of the program, and to what. */
  resourceOwners: Map<string, string>;
  /** What several resources of a program may have: see `holders.ts`. */
  things: { wanted: Set<string>; checked: Set<string>; present: Set<string>; holders: Map<string, Set<string>> };
  /** The identities that the program assigns to each vault, and the principals that it allows to use each key. */
  assigned: Map<string, Set<string>>;
  granted: Map<string, Set<string>>;
  /** Resource groups that were asked for. */
  resourceGroups: Map<string, Promise<{ properties?: { provisioningState?: string } } | undefined>>;
  /** Which vaults protect the sources of new items, as Azure says in previews. */
  protectingVaults: Map<string, Promise<string | undefined>>;
  /** Lists of soft-deleted vaults, by kind and region, for previews. */
  deletedVaults: Map<string, Promise<DeletedVault[]>>;
  /** The regions of the vaults and resource guards of the program, by their IDs in lower case. */
  regions: Map<string, string>;
  /** The immutability that the program gives to vaults, by their IDs in lower case. May be unknown. */
  immutability: Map<string, string>;
  /** The policies of the program, by their IDs in lower case. */
  policies: Map<string, PlannedPolicy>;
  /** Warnings that were shown. */
  warned: Set<string>;
  /** What plans read together. */
  facts?: SharedReads;
  /** The same for what is created, for a short while. */
  recent?: SharedReads;
}

/** What a program says of a policy. */
export interface PlannedPolicy {
  dataSource: string;
  /** As they will be sent. Absent: not all of them is known yet. */
  properties?: object;
}

export const beginRun = (): Run => ({
  keptVaults: new Set(),
  awaitedVaults: new Set(),
  newVaults: new Set(),
  recordedVaults: new Set(),
  adoptedVaults: new Set(),
  goneVaults: new Set(),
  replacedVaults: new Set(),
  newHalves: new Set(),
  readVaults: new Set(),
  writes: new Map(),
  settingsTakenOver: new Map(),
  inlineOwners: new Set(),
  resourceOwners: new Map(),
  things: { wanted: new Set(), checked: new Set(), present: new Set(), holders: new Map() },
  assigned: new Map(),
  granted: new Map(),
  resourceGroups: new Map(),
  protectingVaults: new Map(),
  deletedVaults: new Map(),
  regions: new Map(),
  immutability: new Map(),
  policies: new Map(),
  warned: new Set(),
});

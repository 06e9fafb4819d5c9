import type { Azure, AzureFacts, OperationOptions, VaultOffer, WriteOptions } from "../../azure/index.js";
import type { Vault } from "../../vaults/ruleVault.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import type { Problem } from "../arguments/parse.js";
import type { FactLoaders } from "../readFacts.js";
import type { ProposedChange } from "./proposedChange.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";

/** Vaults of one kind at Azure. */
export interface VaultsAt<R> {
  get(id: string, within: OperationOptions): Promise<R | undefined>;
  createOrUpdate(id: string, body: R, options: WriteOptions & { apiVersion: string }): Promise<void>;
  update(id: string, body: R, options: WriteOptions & { apiVersion: string }): Promise<void>;
  delete(id: string, options: WriteOptions): Promise<void>;
}

/** One request of those that bring a vault to what the program says. */
export interface Write<R> {
  method: "PUT" | "PATCH";
  body: R;
  /** The settings that it is sent for. What else the body has is there because Azure needs it, as it was read. */
  sends: readonly string[];
  /** The settings of the vault that it has no way to say. What becomes of them is Azure's to know. */
  leavesOut?: readonly string[];
  /** Others follow it. */
  more?: boolean;
}

/** Everything in which one kind of vault differs from the other. */
export interface VaultType<I extends VaultInputs, R extends VaultResource> {
  kind: VaultKind;
  /** The api-version that a write uses, by what the vault will be: Azure's behaviour depends on it. */
  writtenBy(after: Partial<I>): string;
  /** The api-version that a deletion uses. */
  deletedBy: string;
  /** Several requests may be needed for one change, in the order that Azure wants. */
  multiRequestWrites?: boolean;
  argumentNames: readonly string[];
  /** What decides which vault it is, and what Azure has no way to change on one. */
  fixedAtCreation: readonly (keyof I & string)[];
  /** What can be written to an existing vault and read back from it. */
  writable: readonly (keyof I & string)[];
  parse(
    news: Record<string, unknown>,
    olds: Partial<I> | undefined,
    defaultSubscriptionId: string | undefined,
  ): { inputs: I; problems: Problem[] };
  /** Adds Azure's defaults for what `olds` set and `inputs` no longer do. Says which are left as they are. */
  returnRemovedToDefault(olds: Partial<I>, inputs: I): { inputs: I; leftAlone: string[] };
  /** The settings that `wanted` names and that are otherwise in `actual`. */
  differences(wanted: Partial<I>, actual: Partial<I>): (keyof I & string)[];
  /** The settings that `olds` had and `wanted` no longer names, or of which it no longer names a field. */
  removals(olds: Partial<I>, wanted: Partial<I>): (keyof I & string)[];
  /** The settings that were written and that Azure shows otherwise. */
  notKept(written: Partial<I>, shown: Partial<I>): (keyof I & string)[];
  /** A live vault in the shape of the arguments. */
  fromArm(id: string, live: R): Partial<I>;
  toRules(settings: Partial<I>, live?: R): Vault;
  factLoaders(read: () => AzureFacts, proposed: ProposedChange<I, R>): FactLoaders;
  creation(inputs: I): R;
  /** The next request that brings a live vault nearer to what the program says. Undefined: it is so already. */
  change(id: string, live: R, inputs: I): Write<R> | undefined;
  /** What a program can use of a vault besides its arguments. */
  outputs(live: R): Record<string, unknown>;
  vaults(azure: Azure): VaultsAt<R>;
  offer(azure: Azure, subscriptionId: string, within: OperationOptions): Promise<VaultOffer>;
}

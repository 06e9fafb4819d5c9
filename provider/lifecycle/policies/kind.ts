import type { Azure, AzureFacts, OperationOptions } from "../../azure/index.js";
import type { Properties } from "../../host/serve.js";
import type { ParsedPolicy } from "../../policies/named.js";
import type { DeletedPolicy, DependencyRule, Instance, ProtectedItem, Verdict } from "../../rules/index.js";
import type { VaultKind } from "../../vaults/vaultId.js";

export type Policy = { vault: string; policyName: string; policyId: string };

/** What differs in the sentences about the two kinds of policies. */
export interface PolicyWords {
  /** What uses a policy, in the plural. */
  users: string;
  /** What becomes of an existing policy that is adopted. */
  adopted: string;
  /** Why one that differs is not adopted. */
  differs: string;
}

/** What a program says of each. Any value may be the engine's text for "not known yet". */
export type PolicyInputs = Policy & {
  dataSource: string;
  resourceGuardOperationRequests?: string[];
  adopt?: boolean;
  timeouts?: { create?: string; update?: string; delete?: string };
};

/** A policy as Azure has it. */
export interface LivePolicy<C> {
  dataSource?: string;
  content?: C;
  /** What this version does not know of it. */
  unread: string[];
}

/** What a policy does, as the rules compare it. */
export interface Does<C> {
  dataSource: string;
  content: C;
}

export type PolicyUser = Instance | ProtectedItem;

/** A change of what a policy does, in its place or by another one that takes its place. */
export interface PolicyChange<C> {
  vault: string;
  before: Does<C>;
  after: Does<C>;
  operation: "change" | "replace";
  /** What this run's program makes of the vault's immutability, in a plan. May be unknown. */
  immutability?: string;
  /** The requests to a resource guard that the program names. */
  requests: readonly string[];
  /** Reads what uses it now. */
  users(): Promise<{ value: PolicyUser[] } | { unreadable: string }>;
  azure: Azure;
  deadline: number;
}

/** What differs between the policies of the two kinds of vaults. */
export interface PolicyKind<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>> {
  kind: VaultKind;
  words: PolicyWords;
  /** The arguments that say what the policy does. */
  contents: readonly (keyof I & string)[];
  parse(news: Properties, olds: Partial<I>): ParsedPolicy<I>;
  /** Undefined as long as a part of it is not known. */
  contentOf(inputs: I): C | undefined;
  isSameContent(a: C, b: C): boolean;
  /** Whether a change makes another policy of it: Azure does not make it in place. */
  fixed(before: Does<C>, after: Does<C>): boolean;
  body(inputs: I): { properties: object };
  read(properties: object): L;
  inputsOfLive(id: string, live: L): Partial<I>;
  requireId(id: string): void;
  policies(azure: Azure): {
    get(id: string, options: OperationOptions): Promise<{ properties: object } | undefined>;
    createOrUpdate(id: string, body: object, options: OperationOptions): Promise<{ properties: object }>;
    delete(id: string, options: OperationOptions): Promise<void>;
  };
  /** What a vault backs up. */
  users(facts: AzureFacts, vaultId: string, options?: OperationOptions): Promise<PolicyUser[]>;
  /** A policy in use stays. */
  inUse: DependencyRule<DeletedPolicy>;
  /** What a change means for the backups. */
  judgeChange(change: PolicyChange<C>): Promise<Verdict[]>;
}

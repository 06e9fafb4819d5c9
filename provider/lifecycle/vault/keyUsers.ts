import type { Azure } from "../../azure/index.js";
import type { Body } from "../../vaults/body.js";
import { readVault } from "../../vaults/definitions.js";
import { isSystemAssigned, principalOn, systemAssigned } from "../../vaults/identity.js";
import { liveState } from "../../vaults/ruleVault.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { keyOf } from "../keyAccess/inputs.js";
import { serviceOf, type VaultService } from "./services.js";

/** A vault that uses a key. */
export interface KeyUser {
  kind: VaultKind;
  id: string;
  name: string;
  /** The identity with which it uses the key. */
  identity: string;
}

/** A vault and what its encryption depends on. */
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
  /** Each identity, `SystemAssigned` or by its ARM ID, and its principal. */
  identities: { id: string; principalId?: string }[];
  isGuarded: boolean;
}

/** All vaults of these subscriptions, of both kinds. */
export async function listVaults(
  azure: Azure,
  subscriptions: Iterable<string>,
  deadline: number,
): Promise<ListedVault[]> {
  return (await bodiesIn(azure, subscriptions, deadline)).map(listedVault);
}

/** The same, a list of each kind: one of them may be readable where the other is not. */
export const vaultLists = (azure: Azure, subscription: string, deadline: number): (() => Promise<ListedVault[]>)[] =>
  bodyLists(azure, subscription, deadline).map((list) => async () => (await list()).map(listedVault));

function listedVault(body: ListedBody): ListedVault {
  const { id = "", name = "" } = body;
  const type = serviceOf(id);
  const encryption = encryptionIn(type, id, body);
  const principalId = encryption && principalOf(body, encryption.identity);
  const userAssigned = Object.keys(body.identity?.userAssignedIdentities ?? {});
  const { isProtectedByResourceGuard } = liveState[type.kind](body);
  return {
    kind: type.kind,
    id,
    name,
    ...(encryption && { encryption }),
    ...(principalId !== undefined && { principalId }),
    userAssigned,
    identities: [systemAssigned, ...userAssigned].flatMap((each) => {
      const { principalId: of } = principalOn(body, each);
      if (of !== undefined) return [{ id: each, principalId: of }];
      return each === systemAssigned ? [] : [{ id: each }];
    }),
    // A value of a newer Azure may mean that it is.
    isGuarded: isProtectedByResourceGuard !== undefined && isProtectedByResourceGuard !== false,
  };
}

type ListedBody = Body & { id?: string; name?: string };

const bodyLists = (azure: Azure, subscription: string, deadline: number): (() => Promise<ListedBody[]>)[] => [
  () => azure.backupVaults.listBySubscription(subscription, { deadline }),
  () => azure.recoveryServicesVaults.listBySubscription(subscription, { deadline }),
];

async function bodiesIn(azure: Azure, subscriptions: Iterable<string>, deadline: number): Promise<ListedBody[]> {
  const lists = [...subscriptions].flatMap((each) => bodyLists(azure, each, deadline));
  return (await Promise.all(lists.map((list) => list()))).flat();
}

function encryptionIn(type: VaultService, id: string, vault: Body): ListedVault["encryption"] {
  const { state, keyUri, identity = "SystemAssigned" } = readVault(type, id, vault).encryption ?? {};
  return keyUri && state !== "Disabled" ? { keyUri, identity } : undefined;
}

const principalOf = (vault: Body, identity: string): string | undefined =>
  principalOn(vault, isSystemAssigned(identity) ? "SystemAssigned" : identity).principalId;

/** The part of an access that decides which vaults it could serve. */
export interface UsableAccess {
  keyUri: string;
  principalId: string;
  /** Of the key's store. */
  keyVaultId: string;
  grantedBy?: string;
  scope?: string;
}

/**
 * The vaults, among all that can be read, that this principal encrypts with a key that this access covers. A policy and a
 * role at the key vault cover all its keys.
 */
export async function vaultsUsing(azure: Azure, access: UsableAccess, deadline: number): Promise<KeyUser[]> {
  const subscriptions = new Set([access.keyVaultId.split("/")[2] ?? "", azure.subscriptionId ?? ""].filter(Boolean));
  return (await bodiesIn(azure, subscriptions, deadline)).flatMap((vault) => {
    const { id = "", name = "" } = vault;
    const type = serviceOf(id);
    const identity = userBy(type, id, vault, access);
    return identity === undefined ? [] : [{ kind: type.kind, id, name, identity }];
  });
}

function userBy(type: VaultService, id: string, vault: Body, access: UsableAccess): string | undefined {
  const { keyUri: used, identity = "" } = encryptionIn(type, id, vault) ?? {};
  if (!used || !isGoodFor(access, keyOf(used).replace(/:443(?=\/)/, ""))) return undefined;
  return principalOf(vault, identity)?.toLowerCase() === access.principalId.toLowerCase() ? identity : undefined;
}

function isGoodFor({ keyUri, grantedBy, scope }: UsableAccess, used: string): boolean {
  const isForAll = grantedBy === "AccessPolicy" || scope === "KeyVault";
  const key = keyOf(keyUri);
  return isForAll ? storeOf(used) === storeOf(key) : used === key;
}

const storeOf = (key: string): string => key.slice(0, key.indexOf("/keys/"));

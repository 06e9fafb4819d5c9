import type { Azure } from "../../azure/index.js";
import type { Body } from "../../vaults/body.js";
import { readVault } from "../../vaults/definitions.js";
import { isSystemAssigned, principalOn } from "../../vaults/identity.js";
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
  const lists: Promise<Body[]>[] = [...subscriptions].flatMap((each) => [
    azure.backupVaults.listBySubscription(each, { deadline }),
    azure.recoveryServicesVaults.listBySubscription(each, { deadline }),
  ]);
  return (await Promise.all(lists)).flat().flatMap((vault: Body & { id?: string; name?: string }) => {
    const { id = "", name = "" } = vault;
    const type = serviceOf(id);
    const identity = userBy(type, id, vault, access);
    return identity === undefined ? [] : [{ kind: type.kind, id, name, identity }];
  });
}

function userBy(type: VaultService, id: string, vault: Body, access: UsableAccess): string | undefined {
  const { state, keyUri: used, identity = "SystemAssigned" } = readVault(type, id, vault).encryption ?? {};
  if (!used || state === "Disabled" || !isGoodFor(access, keyOf(used).replace(/:443(?=\/)/, ""))) return undefined;
  const principal = principalOn(vault, isSystemAssigned(identity) ? "SystemAssigned" : identity);
  return principal.principalId?.toLowerCase() === access.principalId.toLowerCase() ? identity : undefined;
}

function isGoodFor({ keyUri, grantedBy, scope }: UsableAccess, used: string): boolean {
  const isForAll = grantedBy === "AccessPolicy" || scope === "KeyVault";
  const key = keyOf(keyUri);
  return isForAll ? storeOf(used) === storeOf(key) : used === key;
}

const storeOf = (key: string): string => key.slice(0, key.indexOf("/keys/"));

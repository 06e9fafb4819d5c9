import type { Azure } from "../../azure/index.js";
import type { VaultKind } from "../../rules/index.js";
import { isSystemAssigned } from "../identityAssignment/identities.js";
import { principalOn } from "../identityAssignment/principal.js";
import type { VaultResource } from "../vault/vaultInputs.js";
import { type AnyVaultType, typeOf } from "../vaultSettings/typeOf.js";
import { keyOf } from "./inputs.js";

/** A vault that uses a key. */
export interface KeyUser {
  kind: VaultKind;
  id: string;
  name: string;
}

interface Access {
  keyUri: string;
  principalId: string;
  /** Of the key's store. */
  keyVaultId: string;
}

/** The vaults that are encrypted with this key by this principal, among all that can be seen. */
export async function vaultsUsing(azure: Azure, access: Access, deadline: number): Promise<KeyUser[]> {
  const subscriptions = new Set([access.keyVaultId.split("/")[2] ?? "", azure.subscriptionId ?? ""].filter(Boolean));
  const lists: Promise<VaultResource[]>[] = [...subscriptions].flatMap((each) => [
    azure.backupVaults.listBySubscription(each, { deadline }),
    azure.recoveryServicesVaults.listBySubscription(each, { deadline }),
  ]);
  return (await Promise.all(lists)).flat().flatMap((vault: VaultResource & { id?: string; name?: string }) => {
    const { id = "", name = "" } = vault;
    const type = typeOf(id);
    return isUser(type, id, vault, access) ? [{ kind: type.kind, id, name }] : [];
  });
}

function isUser(type: AnyVaultType, id: string, vault: VaultResource, { keyUri, principalId }: Access): boolean {
  const { state, keyUri: used, identity = "SystemAssigned" } = type.fromArm(id, vault).encryption ?? {};
  if (!used || state === "Disabled") return false;
  if (keyOf(used).replace(/:443(?=\/)/, "") !== keyOf(keyUri)) return false;
  const principal = principalOn(vault, isSystemAssigned(identity) ? "SystemAssigned" : identity);
  return principal.principalId?.toLowerCase() === principalId.toLowerCase();
}

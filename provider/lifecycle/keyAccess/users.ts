import { type Azure, isArmError, type Within } from "../../azure/index.js";
import { isSystemAssigned } from "../identityAssignment/identities.js";
import { principalOn } from "../identityAssignment/principal.js";
import type { VaultResource } from "../vault/vaultInputs.js";
import { typeOf } from "../vaultSettings/typeOf.js";
import { keyOf } from "./inputs.js";

/** A vault of either kind, as a list shows it. */
type Listed = VaultResource & { id?: string; name?: string };

/** The vaults that are encrypted with this key by this principal, among all that can be seen. */
export async function vaultsUsing(
  azure: Azure,
  access: { keyUri: string; principalId: string; keyVaultId: string },
  deadline: number,
): Promise<Listed[]> {
  const subscriptions = new Set([access.keyVaultId.split("/")[2] ?? "", azure.subscriptionId ?? ""].filter(Boolean));
  const lists = await Promise.all([...subscriptions].map((each) => allVaults(azure, each, { deadline })));
  return lists.flat().filter((vault) => isUser(vault, access));
}

async function allVaults(azure: Azure, subscriptionId: string, within: Within): Promise<Listed[]> {
  const lists: Promise<Listed[]>[] = [
    azure.backupVaults.listBySubscription(subscriptionId, within),
    azure.recoveryServicesVaults.listBySubscription(subscriptionId, within),
  ];
  return (await Promise.all(lists.map((list) => list.catch(noneWhereUnregistered)))).flat();
}

/** Where a subscription does not know a kind of vault, it has none. */
function noneWhereUnregistered(error: unknown): Listed[] {
  if (isArmError(error) && error.code === "MissingSubscriptionRegistration") return [];
  throw error;
}

function isUser(vault: Listed, { keyUri, principalId }: { keyUri: string; principalId: string }): boolean {
  const { id = "" } = vault;
  const { state, keyUri: used, identity = "SystemAssigned" } = typeOf(id).fromArm(id, vault).encryption ?? {};
  if (!used || state === "Disabled") return false;
  if (keyOf(used).replace(/:443(?=\/)/, "") !== keyOf(keyUri)) return false;
  const principal = principalOn(vault, isSystemAssigned(identity) ? "SystemAssigned" : identity);
  return principal.principalId?.toLowerCase() === principalId.toLowerCase();
}

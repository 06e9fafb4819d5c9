import type { Azure } from "../../azure/index.js";
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
  const lists: Promise<Listed[]>[] = [...subscriptions].flatMap((each) => [
    azure.backupVaults.listBySubscription(each, { deadline }),
    azure.recoveryServicesVaults.listBySubscription(each, { deadline }),
  ]);
  return (await Promise.all(lists)).flat().filter((vault) => isUser(vault, access));
}

function isUser(vault: Listed, { keyUri, principalId }: { keyUri: string; principalId: string }): boolean {
  const { id = "" } = vault;
  const { state, keyUri: used, identity = "SystemAssigned" } = typeOf(id).fromArm(id, vault).encryption ?? {};
  if (!used || state === "Disabled") return false;
  if (keyOf(used).replace(/:443(?=\/)/, "") !== keyOf(keyUri)) return false;
  const principal = principalOn(vault, isSystemAssigned(identity) ? "SystemAssigned" : identity);
  return principal.principalId?.toLowerCase() === principalId.toLowerCase();
}

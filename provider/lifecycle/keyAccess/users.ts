import type { Azure, BackupVaultResource } from "../../azure/index.js";
import { isSystemAssigned } from "../identityAssignment/identities.js";
import { principalOn } from "../identityAssignment/principal.js";
import { keyOf } from "./inputs.js";

/** The vaults that are encrypted with this key by this principal, among all that can be seen. */
export async function vaultsUsing(
  azure: Azure,
  access: { keyUri: string; principalId: string; keyVaultId: string },
  deadline: number,
): Promise<BackupVaultResource[]> {
  const subscriptions = new Set([access.keyVaultId.split("/")[2] ?? "", azure.subscriptionId ?? ""].filter(Boolean));
  const lists = await Promise.all(
    [...subscriptions].map((each) => azure.backupVaults.listBySubscription(each, { deadline })),
  );
  return lists.flat().filter((vault) => isUser(vault, access));
}

function isUser(vault: BackupVaultResource, { keyUri, principalId }: { keyUri: string; principalId: string }): boolean {
  const settings = vault.properties.securitySettings?.encryptionSettings;
  const used = settings?.keyVaultProperties?.keyUri;
  if (!settings || settings.state === "Disabled" || !used) return false;
  if (keyOf(used).replace(/:443(?=\/)/, "") !== keyOf(keyUri)) return false;
  const { identityType = "SystemAssigned", identityId } = settings.kekIdentity ?? {};
  const principal = principalOn(vault, isSystemAssigned(identityType) ? "SystemAssigned" : (identityId ?? ""));
  return principal.principalId?.toLowerCase() === principalId.toLowerCase();
}

import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { type KeyVaultRecord, keyVaultType } from "../records.js";

export const keyVaultsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults";
export const keyVaultPath = `${keyVaultsPath}/{vaultName}` as const;

export type KeyVaultCall = Call<"subscriptionId" | "resourceGroupName" | "vaultName">;

export function keyVaultId({ params }: KeyVaultCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
  return `${group}/providers/${keyVaultType}/${params.vaultName}`;
}

export function findKeyVault(call: KeyVaultCall): KeyVaultRecord | undefined {
  requireGroup(call);
  return call.world.keyVaults.get(keyVaultId(call).toLowerCase());
}

export function requireKeyVault(call: KeyVaultCall): KeyVaultRecord {
  const found = findKeyVault(call);
  if (found !== undefined) return found;
  throw resourceNotFound(keyVaultType, call.params.vaultName, call.params.resourceGroupName);
}

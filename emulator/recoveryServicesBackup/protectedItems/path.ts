import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requireChild } from "../../http/requireChild.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { type ContainerCall, containerId, containerKey, containerPath } from "../protectionContainers/path.js";

export const itemPath = `${containerPath}/protectedItems/{protectedItemName}` as const;

export type ItemCall = ContainerCall & Call<"protectedItemName">;

export function itemKey(call: ItemCall): string {
  return `${containerKey(call)}/${call.params.protectedItemName}`.toLowerCase();
}

export function itemId(vaultId: string, call: ItemCall): string {
  return `${containerId(vaultId, call)}/protectedItems/${call.params.protectedItemName}`;
}

export function requireItem(call: ItemCall): { vault: RecoveryServicesVaultRecord; item: ArmResource } {
  const vault = requireVault(call);
  const { protectedItemName: name, resourceGroupName } = call.params;
  const found = vault.protectedItems.get(itemKey(call));
  return { vault, item: requireChild(found, vault, `protectedItems/${name}`, resourceGroupName) };
}

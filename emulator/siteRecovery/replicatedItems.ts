import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";

const replicatedItemPath =
  `${vaultPath}/replicationFabrics/{fabricName}/replicationProtectionContainers/{protectionContainerName}/replicationProtectedItems/{replicatedProtectedItemName}` as const;

type ReplicatedItemCall = VaultCall & Call<"fabricName" | "protectionContainerName" | "replicatedProtectedItemName">;

/** The item and its key among the vault's, by its whole address. */
function findReplicatedItem(
  { replicatedItems, body }: RecoveryServicesVaultRecord,
  { params }: ReplicatedItemCall,
): [key: string, item: ArmResource] | undefined {
  const { fabricName, protectionContainerName, replicatedProtectedItemName: name } = params;
  const container = `${body.id}/replicationFabrics/${fabricName}/replicationProtectionContainers/${protectionContainerName}`;
  const id = `${container}/replicationProtectedItems/${name}`.toLowerCase();
  return [...replicatedItems].find(([, item]) => item.id.toLowerCase() === id);
}

const getReplicatedItem = operation({
  name: "ReplicationProtectedItems_Get",
  method: "GET",
  path: replicatedItemPath,
  answer(call) {
    const vault = requireVault(call);
    const [, item] = findReplicatedItem(vault, call) ?? [];
    const { replicatedProtectedItemName: name, resourceGroupName } = call.params;
    return ok(requireChild(item, vault, `replicationProtectedItems/${name}`, resourceGroupName));
  },
});

/** What Azure Site Recovery replicates into the vault: as much as a deletion has to know. */
const listReplicatedItems = operation({
  name: "ReplicationProtectedItems_List",
  method: "GET",
  path: `${vaultPath}/replicationProtectedItems`,
  answer: (call) => page(call, [...requireVault(call).replicatedItems.values()], (item) => item),
});

/** Ends the replication and forgets it. */
const purgeReplicatedItem = operation({
  name: "ReplicationProtectedItems_Purge",
  method: "DELETE",
  path: replicatedItemPath,
  answer(call) {
    const vault = requireVault(call);
    const [key] = findReplicatedItem(vault, call) ?? [];
    if (key !== undefined) vault.replicatedItems.delete(key);
    return noContent;
  },
});

/** Of Azure Site Recovery, what a vault's deletion depends on. */
export const replicatedItems = [listReplicatedItems, getReplicatedItem, purgeReplicatedItem];

import type { ArmResource } from "../armResource.js";
import type { Call } from "../http/operation.js";
import type { RecoveryServicesVaultRecord } from "../recoveryServices/records.js";
import { type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";

export const replicatedItemPath =
  `${vaultPath}/replicationFabrics/{fabricName}/replicationProtectionContainers/{protectionContainerName}/replicationProtectedItems/{replicatedProtectedItemName}` as const;

export type ReplicatedItemCall = VaultCall &
  Call<"fabricName" | "protectionContainerName" | "replicatedProtectedItemName">;

/** The item and its key among the vault's, by its whole address. */
export function findReplicatedItem(
  { replicatedItems, body }: RecoveryServicesVaultRecord,
  { params }: ReplicatedItemCall,
): [key: string, item: ArmResource] | undefined {
  const { fabricName, protectionContainerName, replicatedProtectedItemName: name } = params;
  const container = `${body.id}/replicationFabrics/${fabricName}/replicationProtectionContainers/${protectionContainerName}`;
  const id = `${container}/replicationProtectedItems/${name}`.toLowerCase();
  return [...replicatedItems].find(([, item]) => item.id.toLowerCase() === id);
}

import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requireChild } from "../../http/requireChild.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { requireVault, type VaultCall, vaultPath } from "../../recoveryServices/vaultPath.js";

export const fabricPath = `${vaultPath}/backupFabrics/{fabricName}` as const;
export const containerPath = `${fabricPath}/protectionContainers/{containerName}` as const;

export type ContainerCall = VaultCall & Call<"fabricName" | "containerName">;

export function containerKey({ params: { fabricName, containerName } }: ContainerCall): string {
  return `${fabricName}/${containerName}`.toLowerCase();
}

export function containerId(vaultId: string, { params: { fabricName, containerName } }: ContainerCall): string {
  return `${vaultId}/backupFabrics/${fabricName}/protectionContainers/${containerName}`;
}

export function requireContainer(call: ContainerCall): { vault: RecoveryServicesVaultRecord; container: ArmResource } {
  const vault = requireVault(call);
  const { fabricName, containerName, resourceGroupName } = call.params;
  const path = `backupFabrics/${fabricName}/protectionContainers/${containerName}`;
  return { vault, container: requireChild(vault.containers.get(containerKey(call)), vault, path, resourceGroupName) };
}

export function containerBody(vaultId: string, call: ContainerCall, properties: ArmResource): ArmResource {
  return {
    id: containerId(vaultId, call),
    name: call.params.containerName,
    type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
    properties: {
      registrationStatus: "Registered",
      healthStatus: "Healthy",
      protectableObjectType: properties.containerType,
      ...properties,
    },
  };
}

import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { type RecoveryServicesVaultRecord, vaultType } from "../../recoveryServices/records.js";
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
  const container = vault.containers.get(containerKey(call));
  if (container !== undefined) return { vault, container };
  const { fabricName, containerName, resourceGroupName } = call.params;
  const child = `${vault.body.name}/backupFabrics/${fabricName}/protectionContainers/${containerName}`;
  throw resourceNotFound(vaultType, child, resourceGroupName);
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

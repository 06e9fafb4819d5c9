import type { ArmResource } from "../../armResource.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { vaultPath } from "../../recoveryServices/vaultPath.js";

export const connectionPath = `${vaultPath}/privateEndpointConnections/{privateEndpointConnectionName}` as const;

export function connectionsOf({ body }: RecoveryServicesVaultRecord): ArmResource[] {
  return body.properties.privateEndpointConnections ?? [];
}

export function setConnections(vault: RecoveryServicesVaultRecord, privateEndpointConnections: ArmResource[]): void {
  const privateEndpointStateForBackup = privateEndpointConnections.length > 0 ? "Enabled" : "None";
  vault.body = {
    ...vault.body,
    properties: { ...vault.body.properties, privateEndpointConnections, privateEndpointStateForBackup },
  };
}

export function isCalled(connection: ArmResource, name: string): boolean {
  return connection.name.toLowerCase() === name.toLowerCase();
}

import { requireChild } from "../arm/armError.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";

const connectionPath = `${vaultPath}/privateEndpointConnections/{privateEndpointConnectionName}` as const;

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

function isCalled(connection: ArmResource, name: string): boolean {
  return connection.name.toLowerCase() === name.toLowerCase();
}

const get = operation({
  name: "PrivateEndpointConnection_Get",
  method: "GET",
  path: connectionPath,
  answer(call) {
    const { privateEndpointConnectionName: name, resourceGroupName } = call.params;
    const vault = requireVault(call);
    const found = connectionsOf(vault).find((connection) => isCalled(connection, name));
    return ok(requireChild(found, vault, `privateEndpointConnections/${name}`, resourceGroupName));
  },
});

const remove = operation({
  name: "PrivateEndpointConnection_Delete",
  method: "DELETE",
  path: connectionPath,
  answer(call) {
    const { privateEndpointConnectionName: name } = call.params;
    const vault = requireVault(call);
    const all = connectionsOf(vault);
    const left = all.filter((connection) => !isCalled(connection, name));
    if (left.length === all.length) return noContent;
    setConnections(vault, left);
    return { status: 200 };
  },
});

export const privateEndpointConnections = [get, remove];

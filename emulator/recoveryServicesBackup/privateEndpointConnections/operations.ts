import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { type RecoveryServicesVaultRecord, vaultType } from "../../recoveryServices/records.js";
import { requireVault, vaultPath } from "../../recoveryServices/vaultPath.js";

const path = `${vaultPath}/privateEndpointConnections/{privateEndpointConnectionName}` as const;

export const getConnection = operation({
  name: "PrivateEndpointConnection_Get",
  method: "GET",
  path,
  answer(call) {
    const { privateEndpointConnectionName: name, resourceGroupName } = call.params;
    const vault = requireVault(call);
    const found = connectionsOf(vault).find((connection) => isCalled(connection, name));
    if (found !== undefined) return ok(found);
    throw resourceNotFound(vaultType, `${vault.body.name}/privateEndpointConnections/${name}`, resourceGroupName);
  },
});

export const deleteConnection = operation({
  name: "PrivateEndpointConnection_Delete",
  method: "DELETE",
  path,
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

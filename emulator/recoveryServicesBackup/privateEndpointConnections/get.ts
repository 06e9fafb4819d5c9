import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { vaultType } from "../../recoveryServices/records.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { connectionPath, connectionsOf, isCalled } from "./path.js";

export const get = operation({
  name: "PrivateEndpointConnection_Get",
  method: "GET",
  path: connectionPath,
  answer(call) {
    const { privateEndpointConnectionName: name, resourceGroupName } = call.params;
    const vault = requireVault(call);
    const found = connectionsOf(vault).find((connection) => isCalled(connection, name));
    if (found !== undefined) return ok(found);
    throw resourceNotFound(vaultType, `${vault.body.name}/privateEndpointConnections/${name}`, resourceGroupName);
  },
});

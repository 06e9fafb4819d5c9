import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireChild } from "../../http/requireChild.js";
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
    return ok(requireChild(found, vault, `privateEndpointConnections/${name}`, resourceGroupName));
  },
});

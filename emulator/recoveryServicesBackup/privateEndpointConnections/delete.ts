import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { connectionPath, connectionsOf, isCalled, setConnections } from "./path.js";

export const remove = operation({
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

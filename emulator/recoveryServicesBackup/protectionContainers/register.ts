import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidParameter } from "../../recoveryServices/recoveryError.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { beginBelow } from "../asyncBackup.js";
import { containerBody, containerId, containerKey, containerPath } from "./path.js";

export const register = operation({
  name: "ProtectionContainers_Register",
  method: "PUT",
  path: containerPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, shape);
    if (properties === undefined) throw invalidParameter("properties");
    for (const name of ["containerType", "backupManagementType"]) {
      if (properties[name] === undefined) throw invalidParameter(name);
    }
    // "registered or attempted to be registered" is what stands against a key.
    vault.everRegistered = true;
    const { id } = vault.body;
    const effect = {
      kind: "containerRegistered",
      vaultId: id.toLowerCase(),
      key: containerKey(call),
      container: containerBody(id, call, properties),
    } as const;
    return beginBelow(call, containerId(id, call), effect);
  },
});

const shape = {
  properties: {
    containerType: "string",
    backupManagementType: "string",
    friendlyName: "string",
    sourceResourceId: "string",
  },
} as const;

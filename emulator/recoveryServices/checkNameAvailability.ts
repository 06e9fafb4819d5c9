import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";
import { requireGroup } from "../resourceManager/requireGroup.js";
import { vaultType } from "./records.js";
import { invalidParameter } from "./recoveryError.js";

/** Names are taken per resource group; that of a soft-deleted vault is free. */
export const checkNameAvailability = operation({
  name: "RecoveryServices_CheckNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/locations/{location}/checkNameAvailability",
  answer(call) {
    const { name, type } = requestBody(call.request, { name: "string", type: "string" });
    if (String(type).toLowerCase() !== vaultType.toLowerCase()) throw invalidParameter("type");
    const id = `${requireGroup(call).id}/providers/${vaultType}/${name}`;
    if (!call.world.recoveryServicesVaults.has(id.toLowerCase())) return ok({ nameAvailable: true });
    const message = `The name '${name}' is in use in this resource group.`;
    return ok({ nameAvailable: false, reason: "AlreadyExists", message });
  },
});

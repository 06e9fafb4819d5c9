import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { isNameTaken } from "../stores/name.js";

export const checkNameAvailability = operation({
  name: "ManagedHsms_CheckMhsmNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkMhsmNameAvailability",
  answer(call) {
    requireSubscription(call);
    const name = String(requestBody(call.request, { name: "string" }).name ?? "");
    if (!isNameTaken(call.world, "managedHSMs", name)) return ok({ nameAvailable: true });
    return ok({ nameAvailable: false, reason: "AlreadyExists", message: `The name '${name}' is already in use.` });
  },
});

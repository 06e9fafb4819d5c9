import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { isNameTaken } from "../stores/name.js";
import { isVaultName } from "./name.js";

export const checkNameAvailability = operation({
  name: "Vaults_CheckNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability",
  answer(call) {
    requireSubscription(call);
    const name = String(requestBody(call.request, { name: "string", type: "string" }).name ?? "");
    if (!isVaultName(name)) {
      return ok({ nameAvailable: false, reason: "AccountNameInvalid", message: `The name '${name}' is not valid.` });
    }
    if (!isNameTaken(call.world, "vaults", name)) return ok({ nameAvailable: true });
    const message = `The name '${name}' is already in use.`;
    return ok({ nameAvailable: false, reason: "AlreadyExists", message });
  },
});

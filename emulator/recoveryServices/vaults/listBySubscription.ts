import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";

export const listBySubscription = operation({
  name: "Vaults_ListBySubscriptionId",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/vaults",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.recoveryServicesVaults.values()], ({ body }) => body);
  },
});

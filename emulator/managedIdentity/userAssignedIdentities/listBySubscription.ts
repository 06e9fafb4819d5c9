import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";

export const listBySubscription = operation({
  name: "UserAssignedIdentities_ListBySubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.userAssignedIdentities.values()], (identity) => identity);
  },
});

import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";

export const listInSubscription = operation({
  name: "ResourceGuards_GetResourcesInSubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/resourceGuards",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.resourceGuards.values()], (guard) => guard);
  },
});

import { filterOf } from "../http/filter.js";
import { operation } from "../http/operation.js";
import { page } from "../http/page.js";
import { genericView } from "./genericView.js";
import { requireSubscription } from "./requireGroup.js";
import { resourceFields } from "./resourceFields.js";
import { top } from "./top.js";

export const listResources = operation({
  name: "Resources_List",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resources",
  answer(call) {
    requireSubscription(call);
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    return page(call, genericView(call.world).filter(wanted), (resource) => resource, top(call));
  },
});

import { filterOf } from "../../http/filter.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../requireGroup.js";
import { resourceFields } from "../resourceFields.js";
import { top } from "../top.js";
import { groupsPath } from "./path.js";

export const list = operation({
  name: "ResourceGroups_List",
  method: "GET",
  path: groupsPath,
  answer(call) {
    requireSubscription(call);
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    return page(call, [...call.world.resourceGroups.values()].filter(wanted), (group) => group, top(call));
  },
});

import { filterOf } from "../../http/filter.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { genericView } from "../genericView.js";
import { requireGroup } from "../requireGroup.js";
import { resourceFields } from "../resourceFields.js";
import { top } from "../top.js";
import { groupPath } from "./path.js";

export const listResources = operation({
  name: "Resources_ListByResourceGroup",
  method: "GET",
  path: `${groupPath}/resources`,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    const here = genericView(call.world).filter(({ id }) => id.toLowerCase().startsWith(prefix));
    return page(call, here.filter(wanted), (resource) => resource, top(call));
  },
});

import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { guardsPath } from "./path.js";

export const listInResourceGroup = operation({
  name: "ResourceGuards_GetResourcesInResourceGroup",
  method: "GET",
  path: guardsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.resourceGuards].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, guard]) => guard);
  },
});

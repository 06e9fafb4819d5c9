import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { identitiesPath } from "./path.js";

export const listByResourceGroup = operation({
  name: "UserAssignedIdentities_ListByResourceGroup",
  method: "GET",
  path: identitiesPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.userAssignedIdentities].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, identity]) => identity);
  },
});

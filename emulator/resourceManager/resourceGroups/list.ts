import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../requireGroup.js";
import { groupsPath } from "./path.js";

export const list = operation({
  name: "ResourceGroups_List",
  method: "GET",
  path: groupsPath,
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.resourceGroups.values()], (group) => group);
  },
});

import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { groupId, requireSubscription } from "../requireGroup.js";
import { groupPath } from "./path.js";

export const checkExistence = operation({
  name: "ResourceGroups_CheckExistence",
  method: "HEAD",
  path: groupPath,
  answer(call) {
    requireSubscription(call);
    return call.world.resourceGroups.has(groupId(call).toLowerCase()) ? noContent : { status: 404 };
  },
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireGroup } from "../requireGroup.js";
import { groupPath } from "./path.js";

/** Tags and nothing else: a group cannot be renamed or moved. */
export const update = operation({
  name: "ResourceGroups_Update",
  method: "PATCH",
  path: groupPath,
  answer(call) {
    const group = requireGroup(call);
    const { tags } = requestBody(call.request, { tags: { "*": "string" } });
    if (tags !== undefined) group.tags = tags;
    return ok(group);
  },
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireGroup } from "../requireGroup.js";
import { groupPath } from "./path.js";

export const get = operation({
  name: "ResourceGroups_Get",
  method: "GET",
  path: groupPath,
  answer: (call) => ok(requireGroup(call)),
});

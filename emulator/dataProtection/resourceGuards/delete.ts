import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { findGuard, guardId, guardPath } from "./path.js";

export const remove = operation({
  name: "ResourceGuards_Delete",
  method: "DELETE",
  path: guardPath,
  answer(call) {
    if (findGuard(call) === undefined) return noContent;
    call.world.resourceGuards.delete(guardId(call).toLowerCase());
    return { status: 200 };
  },
});

import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { guardPath, requireGuard } from "./path.js";

/** Only the tags: what is guarded changes by PUT. */
export const patch = operation({
  name: "ResourceGuards_Patch",
  method: "PATCH",
  path: guardPath,
  answer(call) {
    const guard = requireGuard(call);
    const { tags } = requestBody(call.request, { tags: { "*": "string" } });
    if (tags !== undefined) guard.tags = tags;
    return ok(guard);
  },
});

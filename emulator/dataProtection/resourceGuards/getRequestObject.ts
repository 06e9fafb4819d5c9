import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { guardedOperations } from "./operations.js";
import { guardPath, guardType, requireGuard } from "./path.js";

/** The object that a guarded request names: whoever may read it is allowed to do what it guards. */
export const getRequestObject = operation({
  name: "ResourceGuards_GetDefaultRequestsObject",
  method: "GET",
  path: `${guardPath}/{requests}/{requestName}`,
  answer(call) {
    const guard = requireGuard(call);
    const { requests, requestName, resourceGroupName } = call.params;
    const known = guardedOperations.find((guarded) => guarded.requests.toLowerCase() === requests.toLowerCase());
    if (known === undefined)
      throw resourceNotFound(guardType, `${guard.name}/${requests}/${requestName}`, resourceGroupName);
    return ok({
      id: `${guard.id}/${known.requests}/${requestName}`,
      name: requestName,
      type: `${guardType}/${known.requests}`,
    });
  },
});

import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { ok } from "../../http/reply.js";
import { guardedOperations } from "./operations.js";
import { type GuardCall, guardPath, guardType, requireGuard } from "./path.js";

/**
 * The objects that guarded requests name: whoever may read one is allowed to do what it guards. The specification has
 * an operation for each kind, `ResourceGuards_GetDefault...Object` and `ResourceGuards_Get...Objects`.
 */
export const getRequestObject = operation({
  name: "ResourceGuards_GetDefaultRequestsObject",
  method: "GET",
  path: `${guardPath}/{requests}/{requestName}`,
  answer(call) {
    const { requests, requestName } = call.params;
    const found = requestObject(call, requests);
    if (found.name === requestName.toLowerCase()) return ok(found);
    throw notFound(call, `${requests}/${requestName}`);
  },
});

export const listRequestObjects = operation({
  name: "ResourceGuards_GetRequestsObjects",
  method: "GET",
  path: `${guardPath}/{requests}`,
  answer: (call) => page(call, [requestObject(call, call.params.requests)], (found) => found),
});

function requestObject(call: GuardCall, requests: string): ArmResource {
  const guard = requireGuard(call);
  const known = guardedOperations.find((guarded) => guarded.requests.toLowerCase() === requests.toLowerCase());
  if (known === undefined) throw notFound(call, requests);
  return { id: `${guard.id}/${known.requests}/default`, name: "default", type: `${guardType}/${known.requests}` };
}

function notFound({ params }: GuardCall, child: string) {
  return resourceNotFound(guardType, `${params.resourceGuardsName}/${child}`, params.resourceGroupName);
}

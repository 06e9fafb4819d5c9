import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { retryAfter } from "../operations/begin.js";
import { requireSubscription } from "./requireGroup.js";

/** Where the deletion of a resource group is followed. */
export const operationResults = operation({
  name: "Subscriptions_GetOperationResult",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
  answer(call) {
    requireSubscription(call);
    const found = call.world.operations.get(call.params.operationId);
    if (found === undefined) {
      throw new ArmError(404, "OperationNotFound", `The operation '${call.params.operationId}' was not found.`);
    }
    if (!found.ended) {
      const { origin, path, query } = call.request;
      return { status: 202, headers: { Location: `${origin}${path}?${query}`, ...retryAfter(call, 15) } };
    }
    if (found.failure === undefined) return ok(undefined);
    throw new ArmError(409, found.failure.code, found.failure.message);
  },
});

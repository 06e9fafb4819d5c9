import type { Call } from "../../http/operation.js";
import { operation } from "../../http/operation.js";
import { ok, type Reply } from "../../http/reply.js";
import { requireOperation } from "../../operations/requireOperation.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { errorBody } from "../recoveryError.js";
import { vaultPath } from "../vaultPath.js";

export const get = operation({
  name: "GetOperationStatus",
  method: "GET",
  path: `${vaultPath}/operationStatus/{operationId}`,
  answer(call) {
    // Not requireGroup: the operation that deleted the last vault outlives its group.
    requireSubscription(call);
    return status(call);
  },
});

/** Always 200: whether the operation went well stands in the body. */
export function status(call: Call<"operationId">): Reply {
  const found = requireOperation(call);
  const { failure } = found;
  return ok({
    id: call.request.path,
    name: found.id,
    // Another spelling than that of Backup vaults.
    status: !found.ended ? "InProgress" : failure === undefined ? "Succeeded" : "Failed",
    ...(found.ended && failure !== undefined && { error: errorBody(failure.code, failure.message) }),
  });
}

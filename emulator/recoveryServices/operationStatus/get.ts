import type { Call } from "../../http/operation.js";
import { operation } from "../../http/operation.js";
import { ok, type Reply } from "../../http/reply.js";
import type { LongRunningOperation } from "../../operations/longRunningOperation.js";
import { operationNotFound, requireOperation } from "../../operations/requireOperation.js";
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
    forgetAfterDeletion(requireOperation(call));
    return status(call);
  },
});

/** Recorded: where a deletion was asked for goes with the vault, at the latest when its end was seen. */
function forgetAfterDeletion(found: LongRunningOperation): void {
  if (found.effect.kind !== "recoveryServicesVaultDeleted" || !found.ended || found.failure !== undefined) return;
  if (found.wasToldEnded) throw operationNotFound(found.id);
  found.wasToldEnded = true;
}

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

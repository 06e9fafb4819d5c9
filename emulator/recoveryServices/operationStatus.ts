import { operationNotFound, requireOperation, retryAfter } from "../arm/longRunning.js";
import { type Call, noContent, ok, operation, type Reply } from "../arm/operation.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import { errorBody, recoveryError } from "./recoveryError.js";
import { vaultPath } from "./vaultPath.js";

const get = operation({
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

const results = operation({
  name: "GetOperationResult",
  method: "GET",
  path: `${vaultPath}/operationResults/{operationId}`,
  answer(call) {
    requireSubscription(call);
    const found = requireOperation(call);
    if (!found.ended) {
      const { origin, path, query } = call.request;
      return { status: 202, headers: { Location: `${origin}${path}?${query}`, ...retryAfter(call, 10) } };
    }
    if (found.failure !== undefined) throw recoveryError(400, found.failure.code, found.failure.message);
    if (found.effect.kind !== "recoveryServicesVaultWritten") return noContent;
    const vault = call.world.recoveryServicesVaults.get(found.effect.vaultId);
    return vault === undefined ? noContent : ok(vault.body);
  },
});

export const recoveryServicesOperations = [get, results];

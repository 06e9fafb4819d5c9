import type { Call } from "../../http/operation.js";
import { operation } from "../../http/operation.js";
import { ok, type Reply } from "../../http/reply.js";
import { requireOperation } from "../../operations/requireOperation.js";
import { requireGroup, requireSubscription } from "../../resourceManager/requireGroup.js";
import { userFacingError } from "../backupError.js";
import { jobOf } from "../job.js";
import { vaultPath } from "../vaultPath.js";

const location = "providers/Microsoft.DataProtection/locations/{location}";

export const getBelowVault = operation({
  name: "OperationStatusBackupVaultContext_Get",
  method: "GET",
  path: `${vaultPath}/operationStatus/{operationId}`,
  answer(call) {
    requireGroup(call);
    return status(call);
  },
});

export const getBelowGroup = operation({
  name: "OperationStatusResourceGroupContext_Get",
  method: "GET",
  path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/${location}/operationStatus/{operationId}`,
  answer(call) {
    // Not requireGroup: the operation that deleted the last vault outlives its group.
    requireSubscription(call);
    return status(call);
  },
});

/** As the specification has it; the service itself gives out the address with the location. */
export const getBelowGroupOnly = operation({
  name: "OperationStatusResourceGroupContext_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/operationStatus/{operationId}",
  answer(call) {
    requireSubscription(call);
    return status(call);
  },
});

export const getBelowSubscription = operation({
  name: "OperationStatus_Get",
  method: "GET",
  path: `/subscriptions/{subscriptionId}/${location}/operationStatus/{operationId}`,
  answer(call) {
    requireSubscription(call);
    return status(call);
  },
});

/** Always 200: whether the operation went well stands in the body. */
function status(call: Call<"operationId">): Reply {
  const found = requireOperation(call);
  const { failure } = found;
  const job = jobOf(call.world, found);
  const body = {
    id: call.request.path,
    name: found.id,
    // "Inprogress" is how the service spells it.
    status: !found.ended ? "Inprogress" : failure === undefined ? "Succeeded" : "Failed",
    ...(found.ended && failure !== undefined && { error: userFacingError(failure.code, failure.message) }),
    startTime: new Date(found.startTime).toISOString(),
    endTime: found.ended ? new Date(found.endsAt).toISOString() : "0001-01-01T00:00:00Z",
    ...(found.ended && failure === undefined && job.jobId && { properties: job }),
  };
  return ok(body);
}

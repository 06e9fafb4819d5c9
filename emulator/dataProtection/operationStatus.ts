import { ArmError } from "../arm/armError.js";
import { requireOperation, retryAfter } from "../arm/longRunning.js";
import { type Call, noContent, ok, operation, type Reply } from "../arm/operation.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { userFacingError } from "./backupError.js";
import { jobOf } from "./backupJobs.js";
import { instancePath, requireInstance } from "./instanceCall.js";
import { showVault } from "./vaultBody.js";
import { vaultById, vaultPath } from "./vaultPath.js";

const location = "providers/Microsoft.DataProtection/locations/{location}";

const getStatusBelowVault = operation({
  name: "OperationStatusBackupVaultContext_Get",
  method: "GET",
  path: `${vaultPath}/operationStatus/{operationId}`,
  answer(call) {
    requireGroup(call);
    return status(call);
  },
});

const getStatusBelowGroup = operation({
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
const getStatusBelowGroupOnly = operation({
  name: "OperationStatusResourceGroupContext_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/operationStatus/{operationId}",
  answer(call) {
    requireSubscription(call);
    return status(call);
  },
});

const getStatusBelowSubscription = operation({
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

const getResultBelowVault = operation({
  name: "BackupVaultOperationResults_Get",
  method: "GET",
  path: `${vaultPath}/operationResults/{operationId}`,
  answer(call) {
    return result(call, (effect) => {
      if (effect.kind !== "vaultWritten") return ok(jobOf(call.world, requireOperation(call)));
      const vault = vaultById(call.world, effect.vaultId);
      return vault === undefined ? noContent : ok(showVault(vault.body, call.apiVersion));
    });
  },
});

const getResultBelowSubscription = operation({
  name: "OperationResult_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/operationResults/{operationId}",
  answer: (call) => result(call, () => ok(jobOf(call.world, requireOperation(call)))),
});

type Effect = ReturnType<typeof requireOperation>["effect"];

/** Where an operation's Location leads: 202 until it has ended, then what came of it. */
function result(call: Call<"subscriptionId" | "operationId">, done: (effect: Effect) => Reply): Reply {
  requireSubscription(call);
  const found = requireOperation(call);
  const { origin, path, query } = call.request;
  const status = { "Azure-AsyncOperation": `${origin}${statusPath(path)}?${query}` };
  if (!found.ended) {
    return { status: 202, headers: { ...status, Location: `${origin}${path}?${query}`, ...retryAfter(call, 10) } };
  }
  // Recorded: the address of the status comes with the result, too.
  if (found.failure === undefined) return { ...done(found.effect), headers: status };
  const { code, message } = found.failure;
  throw new ArmError(400, code, message, { error: userFacingError(code, message) });
}

/** The status of an operation on an instance is below the vault. */
function statusPath(path: string): string {
  return path.replace(/(\/backupInstances\/[^/]+)?\/operationResults\//i, "/operationStatus/");
}

const getResultBelowInstance = operation({
  name: "BackupInstances_GetBackupInstanceOperationResult",
  method: "GET",
  path: `${instancePath}/operationResults/{operationId}`,
  answer: (call) => result(call, () => ok(requireInstance(call).instance)),
});

export const operationStatus = [
  getStatusBelowVault,
  getStatusBelowGroup,
  getStatusBelowGroupOnly,
  getStatusBelowSubscription,
  getResultBelowVault,
  getResultBelowSubscription,
  getResultBelowInstance,
];

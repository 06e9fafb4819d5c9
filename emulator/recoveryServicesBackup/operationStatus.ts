import { requireOperation, retryAfter } from "../arm/longRunning.js";
import { type Call, noContent, ok, operation, type Reply } from "../arm/operation.js";
import { errorBody, recoveryError } from "../recoveryServices/recoveryError.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import { policyPath } from "./policies.js";
import { itemPath } from "./protectedItem.js";
import { containerPath, fabricPath } from "./protectionContainers.js";

export const operationStatuses = [
  operation({
    name: "BackupOperationStatuses_Get",
    method: "GET",
    path: `${vaultPath}/backupOperations/{operationId}`,
    answer: (call) => status(call),
  }),
  operation({
    name: "ProtectedItemOperationStatuses_Get",
    method: "GET",
    path: `${itemPath}/operationsStatus/{operationId}`,
    answer: (call) => status(call),
  }),
  operation({
    name: "ProtectionContainerOperationStatuses_Get",
    method: "GET",
    path: `${containerPath}/operationsStatus/{operationId}`,
    answer: (call) => status(call),
  }),
  operation({
    name: "ProtectionPolicyOperationStatuses_Get",
    method: "GET",
    path: `${policyPath}/operations/{operationId}`,
    answer: (call) => status(call),
  }),
  operation({
    name: "ProtectionPolicyOperationResults_Get",
    method: "GET",
    path: `${policyPath}/operationResults/{operationId}`,
    answer: (call) => result(call, requireVault(call).policies, call.params.policyName.toLowerCase()),
  }),
  operation({
    name: "BackupOperationResults_Get",
    method: "GET",
    path: `${vaultPath}/backupOperationResults/{operationId}`,
    answer: (call) => result(call),
  }),
  operation({
    name: "ProtectedItemOperationResults_Get",
    method: "GET",
    path: `${itemPath}/operationResults/{operationId}`,
    answer: (call) => result(call, requireVault(call).protectedItems),
  }),
  operation({
    name: "ProtectionContainerOperationResults_Get",
    method: "GET",
    path: `${containerPath}/operationResults/{operationId}`,
    answer: (call) => result(call, requireVault(call).containers),
  }),
  operation({
    name: "ProtectionContainerRefreshOperationResults_Get",
    method: "GET",
    path: `${fabricPath}/operationResults/{operationId}`,
    answer: (call) => result(call),
  }),
];

/** As a client follows what it began: https://learn.microsoft.com/azure/backup/backup-azure-arm-userestapi-backupazurevms */
function status(call: Call<"operationId">): Reply {
  const found = requireOperation(call);
  const { failure, effect } = found;
  const jobId = "job" in effect ? effect.job : undefined;
  return ok({
    id: found.id,
    name: found.id,
    status: !found.ended ? "InProgress" : failure === undefined ? "Succeeded" : "Failed",
    startTime: new Date(found.startTime).toISOString(),
    // Without the Z, here.
    endTime: found.ended ? new Date(found.endsAt).toISOString() : "0001-01-01T00:00:00",
    ...(jobId && { properties: { objectType: "OperationStatusJobExtendedInfo", jobId } }),
    ...(found.ended && failure !== undefined && { error: errorBody(failure.code, failure.message) }),
  });
}

/** What came of it: the resource where there still is one. */
function result(call: Call<"operationId">, resources?: ReadonlyMap<string, unknown>, named?: string): Reply {
  const found = requireOperation(call);
  if (!found.ended) {
    const { origin, path, query } = call.request;
    return { status: 202, headers: { Location: `${origin}${path}?${query}`, ...retryAfter(call, 60) } };
  }
  if (found.failure !== undefined) throw recoveryError(400, found.failure.code, found.failure.message);
  const key = named ?? ("key" in found.effect ? found.effect.key : "");
  const resource = resources?.get(key);
  return resource === undefined ? noContent : ok(resource);
}

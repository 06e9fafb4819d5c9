import type { Call } from "../http/operation.js";
import type { Reply } from "../http/reply.js";
import { operationUrl } from "../operations/asyncHeaders.js";
import { beginOperation, retryAfter } from "../operations/begin.js";
import type { Effect } from "../operations/longRunningOperation.js";

/** Starts an operation that is followed below what it is about. */
export function beginBelow(call: Call, base: string, effect: Effect): Reply {
  return begin(call, effect, `${base}/operationsStatus`, `${base}/operationResults`);
}

/** Starts an operation that is followed below the vault, since what it is about may be gone. */
export function beginBelowVault(call: Call, vaultId: string, effect: Effect): Reply {
  return begin(call, effect, `${vaultId}/backupOperations`, `${vaultId}/backupOperationResults`);
}

function begin(call: Call, effect: Effect, status: string, results: string): Reply {
  const begun = beginOperation(call, effect);
  const headers = {
    "Azure-AsyncOperation": operationUrl(call, `${status}/${begun.id}`),
    Location: operationUrl(call, `${results}/${begun.id}`),
    ...retryAfter(call, 60),
  };
  return { status: 202, headers };
}

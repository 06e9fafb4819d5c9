import { ArmError } from "../http/armError.js";
import type { Call } from "../http/operation.js";
import type { LongRunningOperation } from "./longRunningOperation.js";

export function requireOperation({ world, params }: Call<"operationId">): LongRunningOperation {
  const found = world.operations.get(params.operationId);
  if (found !== undefined && !found.isHidden) return found;
  throw operationNotFound(params.operationId);
}

export function operationNotFound(operationId: string): ArmError {
  return new ArmError(404, "OperationNotFound", `The operation '${operationId}' was not found.`);
}

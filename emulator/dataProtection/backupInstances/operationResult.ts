import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { result } from "../operationStatus/results.js";
import { instancePath, requireInstance } from "./path.js";

export const operationResult = operation({
  name: "BackupInstances_GetBackupInstanceOperationResult",
  method: "GET",
  path: `${instancePath}/operationResults/{operationId}`,
  answer: (call) => result(call, () => ok(requireInstance(call).instance)),
});

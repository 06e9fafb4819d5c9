import { operation } from "../../http/operation.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { status } from "../operationStatus/get.js";
import { deletedVaultPath } from "./path.js";

export const getOperationStatus = operation({
  name: "DeletedVaults_GetOperationStatus",
  method: "GET",
  path: `${deletedVaultPath}/operations/{operationId}`,
  answer(call) {
    requireSubscription(call);
    return status(call);
  },
});

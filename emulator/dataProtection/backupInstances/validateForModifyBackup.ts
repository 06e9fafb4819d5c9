import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { refuseProtected } from "../protectedSources.js";
import { instancePath, instanceShape, requireInstance } from "./path.js";
import { beginValidation } from "./validate.js";

export const validateForModifyBackup = operation({
  name: "BackupInstances_ValidateForModifyBackup",
  method: "POST",
  path: `${instancePath}/validateForModifyBackup`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const { backupInstance } = requestBody(call.request, { backupInstance: instanceShape });
    if (!backupInstance?.dataSourceInfo?.resourceID) throw invalidInput("backupInstance.dataSourceInfo is missing.");
    refuseProtected(call.world, instance.id, backupInstance.dataSourceInfo.resourceID);
    return beginValidation(call, vault);
  },
});

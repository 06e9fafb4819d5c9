import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { refuseProtected } from "../protectedSources.js";
import { requireVault, vaultPath } from "../vaultPath.js";
import { instanceShape } from "./path.js";
import { beginValidation } from "./validate.js";

export const validateForBackup = operation({
  name: "BackupInstances_ValidateForBackup",
  method: "POST",
  path: `${vaultPath}/validateForBackup`,
  answer(call) {
    const vault = requireVault(call);
    const { backupInstance } = requestBody(call.request, { backupInstance: instanceShape });
    if (!backupInstance?.dataSourceInfo?.resourceID) throw invalidInput("backupInstance.dataSourceInfo is missing.");
    refuseProtected(call.world, undefined, backupInstance.dataSourceInfo.resourceID);
    return beginValidation(call, vault);
  },
});

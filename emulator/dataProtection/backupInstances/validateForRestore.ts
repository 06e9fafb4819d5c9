import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { instancePath, requireInstance } from "./path.js";
import { beginValidation } from "./validate.js";

export const validateForRestore = operation({
  name: "BackupInstances_ValidateForRestore",
  method: "POST",
  path: `${instancePath}/validateRestore`,
  answer(call) {
    const { vault } = requireInstance(call);
    const { restoreRequestObject: wanted } = requestBody(call.request, {
      restoreRequestObject: { objectType: "string", sourceDataStoreType: "string", restoreTargetInfo: { "*": "any" } },
    });
    if (!wanted?.objectType) throw invalidInput("restoreRequestObject.objectType is missing.");
    if (!wanted.restoreTargetInfo) throw invalidInput("restoreRequestObject.restoreTargetInfo is missing.");
    return beginValidation(call, vault);
  },
});

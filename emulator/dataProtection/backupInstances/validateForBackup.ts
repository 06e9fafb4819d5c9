import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { beginOperation } from "../../operations/begin.js";
import { asyncLocation, asyncOperation, locationId, retryAfter } from "../asyncHeaders.js";
import { invalidInput } from "../backupError.js";
import { requireVault, vaultPath } from "../vaultPath.js";
import { instanceShape } from "./path.js";

/** Looks at the shape of the request only: there are no data sources whose permissions it could check. */
export const validateForBackup = operation({
  name: "BackupInstances_ValidateForBackup",
  method: "POST",
  path: `${vaultPath}/validateForBackup`,
  answer(call) {
    const vault = requireVault(call);
    const { backupInstance } = requestBody(call.request, { backupInstance: instanceShape });
    if (!backupInstance?.dataSourceInfo?.resourceID) throw invalidInput("backupInstance.dataSourceInfo is missing.");
    const begun = beginOperation(call, { kind: "nothing" });
    const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
    const headers = {
      ...asyncOperation(call, base, begun),
      ...asyncLocation(call, base, begun),
      ...retryAfter(call, 10),
    };
    return { status: 202, headers };
  },
});

import { asyncLocation, asyncOperation, beginOperation, retryAfter } from "../arm/longRunning.js";
import { operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { BackupVaultRecord } from "../state/records.js";
import { invalidInput } from "./backupError.js";
import { instancePath, instanceShape, requireInstance } from "./instanceCall.js";
import { refuseProtected } from "./protectedSources.js";
import { locationId, requireVault, type VaultCall, vaultPath } from "./vaultPath.js";

const validateForBackup = operation({
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

const validateForModifyBackup = operation({
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

const validateForRestore = operation({
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

/** The rest of a validation: there are no data sources whose permissions it could check. */
function beginValidation(call: VaultCall, vault: BackupVaultRecord): Reply {
  const begun = beginOperation(call, { kind: "nothing" });
  const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
  const headers = {
    ...asyncOperation(call, vault.body.id, begun),
    ...asyncLocation(call, base, begun),
    ...retryAfter(call, 10),
  };
  return { status: 202, headers };
}

export const instanceValidation = [validateForBackup, validateForModifyBackup, validateForRestore];

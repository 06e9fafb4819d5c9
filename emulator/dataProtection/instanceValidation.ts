import { asyncLocation, asyncOperation, beginOperation, retryAfter } from "../arm/longRunning.js";
import { operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { OperationFailure } from "../state/longRunningOperation.js";
import type { BackupVaultRecord } from "../state/records.js";
import { invalidInput } from "./backupError.js";
import { clusterTrouble } from "./clusterBackup.js";
import { instancePath, instanceShape, requireInstance } from "./instanceCall.js";
import { refuseOddInstance } from "./instanceRequest.js";
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
    refuseOddInstance(call.apiVersion, vault, backupInstance);
    return beginValidation(call, vault, clusterTrouble(call.world, vault, backupInstance, call.now));
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
    refuseOddInstance(call.apiVersion, vault, backupInstance, instance.properties);
    return beginValidation(call, vault, clusterTrouble(call.world, vault, backupInstance, call.now));
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

/** The rest of a validation. Of data sources, there are only clusters that it could look at. */
function beginValidation(call: VaultCall, vault: BackupVaultRecord, failure?: OperationFailure): Reply {
  const begun = beginOperation(call, { kind: "nothing" });
  if (failure !== undefined) begun.failure ??= failure;
  const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
  const headers = {
    ...asyncOperation(call, vault.body.id, begun),
    ...asyncLocation(call, base, begun),
    ...retryAfter(call, 10),
  };
  return { status: 202, headers };
}

export const instanceValidation = [validateForBackup, validateForModifyBackup, validateForRestore];

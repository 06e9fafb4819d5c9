import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { noteSource, refuseProtected } from "../protectedSources.js";
import { refuseUnguarded } from "../rules/resourceGuard.js";
import { requireVault } from "../vaultPath.js";
import {
  beginInstanceOperation,
  effectOn,
  instancePath,
  instanceShape,
  instanceType,
  refuseWhileWritingInstance,
} from "./path.js";

export const createOrUpdate = operation({
  name: "BackupInstances_CreateOrUpdate",
  method: "PUT",
  path: instancePath,
  answer(call) {
    const vault = requireVault(call);
    const { backupInstanceName: name } = call.params;
    const { properties, tags } = requestBody(call.request, { tags: { "*": "string" }, properties: instanceShape });
    const { resourceGuardOperationRequests, ...given } = properties ?? {};
    const id = `${vault.body.id}/backupInstances/${name}`;
    // azurerm leaves it empty, which Azure takes.
    if (!["BackupInstance", ""].includes(given.objectType))
      throw invalidInput('properties.objectType has to be "BackupInstance".');
    if (!given.dataSourceInfo?.resourceID) throw invalidInput("properties.dataSourceInfo.resourceID is missing.");
    const policyId = String(given.policyInfo?.policyId ?? "").toLowerCase();
    const policy = [...vault.policies.values()].find((known) => known.id.toLowerCase() === policyId);
    if (policy === undefined) throw invalidInput("properties.policyInfo.policyId is no policy of this vault.");
    refuseProtected(call.world, id, given.dataSourceInfo.resourceID);
    refuseWhileWritingInstance(call, vault, name.toLowerCase());
    const before = vault.instances.get(name.toLowerCase());
    const policyBefore = before?.properties.policyInfo;
    if (before !== undefined && policyBefore?.policyId.toLowerCase() !== policyId) {
      const guarded = { vault, resourceGuards: call.world.resourceGuards };
      refuseUnguarded(guarded, `${instanceType}/write`, resourceGuardOperationRequests);
    }
    const state = before === undefined ? "ConfiguringProtection" : "UpdatingProtection";
    const instance: ArmResource = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: instanceType,
      ...(tags && { tags }),
      properties: {
        ...given,
        // Recorded: while it is being updated, an instance shows the policy that it had.
        policyInfo: policyBefore ?? given.policyInfo,
        provisioningState: before === undefined ? "Provisioning" : "Succeeded",
        currentProtectionState: state,
        protectionStatus: { status: state },
      },
    };
    vault.instances.set(name.toLowerCase(), instance);
    noteSource(call.world, vault, name.toLowerCase());
    const effect = {
      kind: "instanceWritten",
      ...effectOn(vault, name),
      state: "ProtectionConfigured",
      policyInfo: given.policyInfo,
    } as const;
    const job = {
      operation: before === undefined ? "ConfigureProtection" : "UpdateProtection",
      operationCategory: "Management",
    };
    const begun = beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 15 });
    const { asyncOperation, resultOfInstance } = begun;
    if (call.apiVersion >= "2025-07-01" && inStorageAccounts.includes(given.dataSourceInfo.datasourceType)) {
      return { status: 202, headers: { ...asyncOperation, ...resultOfInstance } };
    }
    // Recorded: 201 also for the update of an instance, and no Location, unlike after an action.
    return { status: 201, headers: asyncOperation, body: instance };
  },
});

/** Recorded: by 2025-07-01 these are answered without the instance. By 2024-04-01 they were like the others. */
const inStorageAccounts = [
  "Microsoft.Storage/storageAccounts/blobServices",
  "Microsoft.Storage/storageAccounts/adlsBlobServices",
];

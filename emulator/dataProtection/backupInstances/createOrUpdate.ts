import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { noteSource, refuseProtected } from "../protectedSources.js";
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
    const { properties: given, tags } = requestBody(call.request, {
      tags: { "*": "string" },
      properties: instanceShape,
    });
    const id = `${vault.body.id}/backupInstances/${name}`;
    if (given?.objectType !== "BackupInstance") throw invalidInput('properties.objectType has to be "BackupInstance".');
    if (!given.dataSourceInfo?.resourceID) throw invalidInput("properties.dataSourceInfo.resourceID is missing.");
    const policyId = String(given.policyInfo?.policyId ?? "").toLowerCase();
    const policy = [...vault.policies.values()].find((known) => known.id.toLowerCase() === policyId);
    if (policy === undefined) throw invalidInput("properties.policyInfo.policyId is no policy of this vault.");
    refuseProtected(call.world, id, given.dataSourceInfo.resourceID);
    refuseWhileWritingInstance(call, vault, name.toLowerCase());
    const before = vault.instances.get(name.toLowerCase());
    const instance: ArmResource = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: instanceType,
      ...(tags && { tags }),
      properties: {
        ...given,
        policyInfo: { ...given.policyInfo, policyVersion: "" },
        provisioningState: before === undefined ? "Provisioning" : "Updating",
        currentProtectionState: before === undefined ? "ConfiguringProtection" : "UpdatingProtection",
        protectionStatus: { status: "ConfiguringProtection" },
      },
    };
    vault.instances.set(name.toLowerCase(), instance);
    noteSource(call.world, vault, name.toLowerCase());
    const effect = { kind: "instanceWritten", ...effectOn(vault, name), state: "ProtectionConfigured" } as const;
    const job = {
      operation: before === undefined ? "ConfigureProtection" : "UpdateProtection",
      operationCategory: "Management",
    };
    // Published: no Location here, unlike after an action.
    const { asyncOperation } = beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 15 });
    return { status: before === undefined ? 201 : 200, headers: asyncOperation, body: instance };
  },
});

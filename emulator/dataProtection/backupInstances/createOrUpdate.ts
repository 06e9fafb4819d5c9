import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import type { World } from "../../world.js";
import { backupError, invalidInput } from "../backupError.js";
import { requireVault } from "../vaultPath.js";
import { beginInstanceOperation, effectOn, instancePath, instanceShape, instanceType } from "./path.js";

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
    const effect = { kind: "instanceWritten", ...effectOn(vault, name), state: "ProtectionConfigured" } as const;
    const headers = beginInstanceOperation(call, vault, effect);
    return { status: before === undefined ? 201 : 200, headers, body: instance };
  },
});

// https://learn.microsoft.com/azure/backup/backup-azure-data-protection-use-rest-api-backup-postgresql
function refuseProtected(world: World, id: string, dataSource: string): void {
  for (const { body, instances } of world.vaults.values()) {
    for (const instance of instances.values()) {
      if (instance.id.toLowerCase() === id.toLowerCase()) continue;
      if (instance.properties.dataSourceInfo.resourceID.toLowerCase() !== dataSource.toLowerCase()) continue;
      throw backupError(
        400,
        "UserErrorDppDatasourceAlreadyProtected",
        `Datasource is already protected under the Backup vault ${body.id}.`,
        [
          `Delete the backup instance ${instance.name} from the Backup vault ${body.id} to re-protect the datasource ` +
            "in any other vault.",
        ],
      );
    }
  }
}

import type { ArmResource } from "../armResource.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";
import { requireChild } from "../http/requireChild.js";
import type { RecoveryServicesVaultRecord } from "../recoveryServices/records.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";

const settingsPath = `${vaultPath}/replicationVaultSettings` as const;

/** How Site Recovery replicates into the vault. Every vault has them, under this name only. */
export const listVaultSettings = operation({
  name: "ReplicationVaultSetting_List",
  method: "GET",
  path: settingsPath,
  answer: (call) => ok({ value: [show(requireVault(call))] }),
});

export const getVaultSettings = operation({
  name: "ReplicationVaultSetting_Get",
  method: "GET",
  path: `${settingsPath}/{vaultSettingName}`,
  answer: (call) => ok(requireSettings(requireVault(call), call.params)),
});

export const createVaultSettings = operation({
  name: "ReplicationVaultSetting_Create",
  method: "PUT",
  path: `${settingsPath}/{vaultSettingName}`,
  answer(call) {
    const vault = requireVault(call);
    requireSettings(vault, call.params);
    const shape = { properties: { migrationSolutionId: "string", vmwareToAzureProviderType: "string" } } as const;
    const { migrationSolutionId, vmwareToAzureProviderType } = requestBody(call.request, shape).properties ?? {};
    vault.replicationSettings = {
      ...vault.replicationSettings,
      ...(migrationSolutionId != null && { migrationSolutionId }),
      ...(vmwareToAzureProviderType != null && { vmwareToAzureProviderType }),
    };
    return ok(show(vault));
  },
});

type Named = { vaultSettingName: string; resourceGroupName: string };

function requireSettings(vault: RecoveryServicesVaultRecord, { vaultSettingName, resourceGroupName }: Named) {
  const settings = vaultSettingName.toLowerCase() === "default" ? show(vault) : undefined;
  return requireChild(settings, vault, `replicationVaultSettings/${vaultSettingName}`, resourceGroupName);
}

function show({ body, replicationSettings }: RecoveryServicesVaultRecord): ArmResource {
  return {
    id: `${body.id}/replicationVaultSettings/default`,
    name: "default",
    type: "Microsoft.RecoveryServices/vaults/replicationVaultSettings",
    properties: { ...replicationSettings },
  };
}

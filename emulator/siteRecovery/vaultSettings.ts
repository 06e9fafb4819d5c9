import { requireChild } from "../arm/armError.js";
import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";

const settingsPath = `${vaultPath}/replicationVaultSettings` as const;

/** How Site Recovery replicates into the vault. Every vault has them, under this name only. */
const listVaultSettings = operation({
  name: "ReplicationVaultSetting_List",
  method: "GET",
  path: settingsPath,
  answer: (call) => ok({ value: [show(requireVault(call))] }),
});

const getVaultSettings = operation({
  name: "ReplicationVaultSetting_Get",
  method: "GET",
  path: `${settingsPath}/{vaultSettingName}`,
  answer: (call) => ok(requireSettings(requireVault(call), call.params)),
});

const createVaultSettings = operation({
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

export const replicationVaultSettings = [listVaultSettings, getVaultSettings, createVaultSettings];

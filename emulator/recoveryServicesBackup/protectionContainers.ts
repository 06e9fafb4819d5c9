import { requireChild } from "../arm/armError.js";
import { type FilterFields, filterOf, page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { invalidParameter, recoveryError, unverified } from "../recoveryServices/recoveryError.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { activeItemsIn, beginBelow, beginBelowVault } from "./backupOperations.js";

export const fabricPath = `${vaultPath}/backupFabrics/{fabricName}` as const;

export const containerPath = `${fabricPath}/protectionContainers/{containerName}` as const;

export type ContainerCall = VaultCall & Call<"fabricName" | "containerName">;

export function containerKey({ params: { fabricName, containerName } }: ContainerCall): string {
  return `${fabricName}/${containerName}`.toLowerCase();
}

export function containerId(vaultId: string, { params: { fabricName, containerName } }: ContainerCall): string {
  return `${vaultId}/backupFabrics/${fabricName}/protectionContainers/${containerName}`;
}

export function requireContainer(call: ContainerCall): { vault: RecoveryServicesVaultRecord; container: ArmResource } {
  const vault = requireVault(call);
  const { fabricName, containerName, resourceGroupName } = call.params;
  const path = `backupFabrics/${fabricName}/protectionContainers/${containerName}`;
  return { vault, container: requireChild(vault.containers.get(containerKey(call)), vault, path, resourceGroupName) };
}

export function containerBody(vaultId: string, call: ContainerCall, properties: ArmResource): ArmResource {
  return {
    id: containerId(vaultId, call),
    name: call.params.containerName,
    type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
    properties: {
      registrationStatus: "Registered",
      healthStatus: "Healthy",
      protectableObjectType: properties.containerType,
      ...properties,
    },
  };
}

const get = operation({
  name: "ProtectionContainers_Get",
  method: "GET",
  path: containerPath,
  answer: (call) => ok(requireContainer(call).container),
});

const list = operation({
  name: "BackupProtectionContainers_List",
  method: "GET",
  path: `${vaultPath}/backupProtectionContainers`,
  answer(call) {
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...requireVault(call).containers.values()].filter(wanted), (container) => container);
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  status: ({ properties }) => properties.registrationStatus,
  friendlyName: ({ properties }) => properties.friendlyName,
  containerType: ({ properties }) => properties.containerType,
};

/** None: what is unregistered here is gone. */
const listDeleted = operation({
  name: "DeletedProtectionContainers_List",
  method: "GET",
  path: `${vaultPath}/backupDeletedProtectionContainers`,
  answer(call) {
    requireVault(call);
    return page(call, [], (container) => container);
  },
});

const register = operation({
  name: "ProtectionContainers_Register",
  method: "PUT",
  path: containerPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, shape);
    if (properties === undefined) throw invalidParameter("properties");
    for (const name of ["containerType", "backupManagementType"]) {
      if (properties[name] === undefined) throw invalidParameter(name);
    }
    refuseOtherRegistration(call, vault, properties.sourceResourceId);
    // "registered or attempted to be registered" is what stands against a key.
    vault.everRegistered = true;
    const { id } = vault.body;
    const effect = {
      kind: "containerRegistered",
      vaultId: id.toLowerCase(),
      key: containerKey(call),
      container: containerBody(id, call, properties),
    } as const;
    return beginBelow(call, containerId(id, call), effect);
  },
});

// https://learn.microsoft.com/azure/backup/backup-azure-files-faq (checked 2026-12)
function refuseOtherRegistration({ world }: ContainerCall, vault: RecoveryServicesVaultRecord, source?: string): void {
  const others = [...world.recoveryServicesVaults.values()].filter((each) => each !== vault);
  const isIts = ({ properties }: ArmResource) => properties.sourceResourceId?.toLowerCase() === source?.toLowerCase();
  const other = others.find(({ containers }) => source !== undefined && [...containers.values()].some(isIts));
  if (other === undefined) return;
  throw unverified(
    "container-in-another-vault",
    `${source} is registered with ${other.body.id}. All file shares in a storage account can be protected only by the same vault. ` +
      "Azure's own answer is not documented.",
  );
}

const shape = {
  properties: {
    containerType: "string",
    backupManagementType: "string",
    friendlyName: "string",
    sourceResourceId: "string",
  },
} as const;

const unregister = operation({
  name: "ProtectionContainers_Unregister",
  method: "DELETE",
  path: containerPath,
  answer(call) {
    const vault = requireVault(call);
    const key = containerKey(call);
    if (!vault.containers.has(key)) return noContent;
    if (activeItemsIn(vault, key).length > 0) {
      // The code as users report it.
      throw recoveryError(400, "BMSUserErrorContainerHasDatasources", "There are protected items in this container.");
    }
    const vaultId = vault.body.id.toLowerCase();
    return beginBelowVault(call, vault.body.id, { kind: "containerUnregistered", vaultId, key });
  },
});

/** Looks for machines that could be protected; there are none in the emulator, any may be named. */
const refresh = operation({
  name: "ProtectionContainers_Refresh",
  method: "POST",
  path: `${fabricPath}/refreshContainers`,
  answer(call) {
    const { id } = requireVault(call).body;
    return beginBelow(call, `${id}/backupFabrics/${call.params.fabricName}`, { kind: "nothing" });
  },
});

export const protectionContainers = [list, listDeleted, get, register, unregister, refresh];

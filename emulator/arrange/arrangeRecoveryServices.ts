import type { Azure } from "../azure/azure.js";
import { settle } from "../azure/settle.js";
import { connectionsOf, setConnections } from "../recoveryServicesBackup/privateEndpointConnections.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import type { Handles } from "./handles.js";

type RecoveryServicesHandles = Pick<Handles, "protectVm" | "register" | "addReplicatedItem" | "addPrivateEndpoint">;

type Make = (method: string, path: string, body?: object) => ArmResource;

/** What a test puts into a Recovery Services vault. */
export function recoveryServicesHandles(azure: Azure, make: Make): RecoveryServicesHandles {
  const sources = `/subscriptions/${azure.world.subscriptionId}/resourceGroups/sources/providers`;

  return {
    protectVm(vaultId, { name, state = "Protected" }) {
      const policyId = `${vaultId}/backupPolicies/daily`;
      const policy = {
        backupManagementType: "AzureIaasVM",
        retentionPolicy: { retentionPolicyType: "LongTermRetentionPolicy" },
      };
      make("PUT", policyId, { properties: policy });
      const machine = `iaasvmcontainerv2;sources;${name}`;
      const container = `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${machine}`;
      // Machines of one name in two vaults are two machines: no machine is protected in both.
      const group = `sources-of-${vaultId.split("/").at(-1)}`;
      const sourceResourceId = `${sources.replace("/sources/", `/${group}/`)}/Microsoft.Compute/virtualMachines/${name}`;
      make("PUT", `${container}/protectedItems/VM;${machine}`, {
        properties: { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId, policyId },
      });
      const items = requireVault(vaultId).protectedItems;
      const key = `azure/iaasvmcontainer;${machine}/vm;${machine}`.toLowerCase();
      const item = items.get(key) as ArmResource;
      const protectedItem = { ...item, properties: { ...item.properties, protectionState: state } };
      items.set(key, protectedItem);
      return structuredClone(protectedItem);
    },
    register(vaultId, storageAccount) {
      const container = `${vaultId}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;sources;${storageAccount}`;
      make("PUT", container, {
        properties: {
          containerType: "StorageContainer",
          backupManagementType: "AzureStorage",
          friendlyName: storageAccount,
          sourceResourceId: `${sources}/Microsoft.Storage/storageAccounts/${storageAccount}`,
        },
      });
      const key = `azure/storagecontainer;storage;sources;${storageAccount}`.toLowerCase();
      return structuredClone(requireVault(vaultId).containers.get(key) as ArmResource);
    },
    addReplicatedItem(vaultId, name) {
      const vault = requireVault(vaultId);
      const container = "replicationFabrics/fabric/replicationProtectionContainers/container";
      vault.replicatedItems.set(name.toLowerCase(), {
        id: `${vault.body.id}/${container}/replicationProtectedItems/${name}`,
        name,
        type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        properties: { friendlyName: name, protectionState: "Protected", replicationHealth: "Normal" },
      });
    },
    addPrivateEndpoint(vaultId, name) {
      const vault = requireVault(vaultId);
      const connection = {
        id: `${vault.body.id}/privateEndpointConnections/${name}`,
        name,
        type: "Microsoft.RecoveryServices/vaults/privateEndpointConnections",
        location: vault.body.location,
        properties: {
          provisioningState: "Succeeded",
          privateEndpoint: { id: `${sources}/Microsoft.Network/privateEndpoints/${name}` },
          privateLinkServiceConnectionState: { status: "Approved", description: "", actionsRequired: "None" },
          groupIds: ["AzureBackup"],
        },
      };
      setConnections(vault, [...connectionsOf(vault), connection]);
    },
  };

  function requireVault(id: string): RecoveryServicesVaultRecord {
    settle(azure.world, Date.now());
    const vault = azure.world.recoveryServicesVaults.get(id.toLowerCase());
    if (vault !== undefined) return vault;
    throw new Error(`There is no Recovery Services vault ${id} in the emulator.`);
  }
}

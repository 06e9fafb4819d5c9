import { requireChild } from "../arm/armError.js";
import type { Call } from "../arm/operation.js";
import { unverified } from "../recoveryServices/recoveryError.js";
import { requireVault } from "../recoveryServices/vaultPath.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { type ContainerCall, containerId, containerKey, containerPath } from "./protectionContainers.js";

export const itemPath = `${containerPath}/protectedItems/{protectedItemName}` as const;

export type ItemCall = ContainerCall & Call<"protectedItemName">;

export function itemKey(call: ItemCall): string {
  return `${containerKey(call)}/${call.params.protectedItemName}`.toLowerCase();
}

export function itemId(vaultId: string, call: ItemCall): string {
  return `${containerId(vaultId, call)}/protectedItems/${call.params.protectedItemName}`;
}

export function requireItem(call: ItemCall): { vault: RecoveryServicesVaultRecord; item: ArmResource } {
  const vault = requireVault(call);
  const { protectedItemName: name, resourceGroupName } = call.params;
  const found = vault.protectedItems.get(itemKey(call));
  return { vault, item: requireChild(found, vault, `protectedItems/${name}`, resourceGroupName) };
}

interface ItemKind {
  backupManagementType: string;
  workloadType: string;
  jobType: string;
  /** Protecting one registers its container. */
  registersContainer: boolean;
  /** Some of its disks can be left out. */
  hasDisks?: true;
}

/** What can be protected, by `protectedItemType`. */
const kinds: Record<string, ItemKind> = {
  "Microsoft.Compute/virtualMachines": {
    backupManagementType: "AzureIaasVM",
    workloadType: "VM",
    jobType: "AzureIaaSVMJob",
    registersContainer: true,
    hasDisks: true,
  },
  AzureFileShareProtectedItem: {
    backupManagementType: "AzureStorage",
    workloadType: "AzureFileShare",
    jobType: "AzureStorageJob",
    registersContainer: false,
  },
  AzureVmWorkloadSQLDatabase: {
    backupManagementType: "AzureWorkload",
    workloadType: "SQLDataBase",
    jobType: "AzureWorkloadJob",
    registersContainer: false,
  },
  AzureVmWorkloadSAPHanaDatabase: {
    backupManagementType: "AzureWorkload",
    workloadType: "SAPHanaDatabase",
    jobType: "AzureWorkloadJob",
    registersContainer: false,
  },
  AzureVmWorkloadSAPAseDatabase: {
    backupManagementType: "AzureWorkload",
    workloadType: "SAPAseDatabase",
    jobType: "AzureWorkloadJob",
    registersContainer: false,
  },
};

export const itemTypes = Object.keys(kinds);

export function kindOf({ protectedItemType }: ArmResource): ItemKind | undefined {
  return kinds[protectedItemType];
}

export function refuseSoftDeleted(item: ArmResource | undefined): void {
  if (!item?.properties.isScheduledForDeferredDelete) return;
  throw unverified(
    "item-soft-deleted",
    "The item is soft-deleted: undelete it first. Azure's own answer is not documented.",
  );
}

import type { ArmResource } from "../../armResource.js";

interface ItemKind {
  backupManagementType: string;
  workloadType: string;
  jobType: string;
  /** Protecting one registers its container. */
  registersContainer: boolean;
}

/** What can be protected, by `protectedItemType`. */
const kinds: Record<string, ItemKind> = {
  "Microsoft.Compute/virtualMachines": {
    backupManagementType: "AzureIaasVM",
    workloadType: "VM",
    jobType: "AzureIaaSVMJob",
    registersContainer: true,
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
};

export const itemTypes = Object.keys(kinds);

export function kindOf({ protectedItemType }: ArmResource): ItemKind | undefined {
  return kinds[protectedItemType];
}

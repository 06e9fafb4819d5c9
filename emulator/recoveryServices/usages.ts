import type { ArmResource } from "../armResource.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import type { RecoveryServicesVaultRecord } from "./records.js";
import { requireVault, vaultPath } from "./vaultPath.js";

export const listUsages = operation({
  name: "Usages_ListByVaults",
  method: "GET",
  path: `${vaultPath}/usages`,
  answer: (call) => ok({ value: usages(requireVault(call)) }),
});

// Names and labels as in the specification's example, for what an emulator can count.
function usages(vault: RecoveryServicesVaultRecord): ArmResource[] {
  const items = [...vault.protectedItems.values()];
  const isVm = ({ properties }: ArmResource) => properties.backupManagementType === "AzureIaasVM";
  const jobs = (status: string) => [...vault.jobs.values()].filter(({ properties }) => properties.status === status);
  return [
    usage("MABContainersCount", "Backup management servers", 0),
    usage("ProtectedItemCount", "Backup items/Azure virtual machine backup", items.length),
    usage("ProtectedItemCriticalCount", "Critical", 0),
    usage("ProtectedItemWarningCount", "Warning", 0),
    usage("IaaSVMProtectedItemCount", "Azure Virtual Machines", items.filter(isVm).length),
    { ...usage("InProgressJobsCount", "In progress", jobs("InProgress").length), quotaPeriod: "P1D" },
    { ...usage("FailedJobsCount", "Failed", jobs("Failed").length), quotaPeriod: "P1D" },
    usage("ManagedInstances", "Protected Instances", items.length),
  ];
}

function usage(value: string, localizedValue: string, currentValue: number): ArmResource {
  return { unit: "Count", currentValue, limit: -1, name: { value, localizedValue } };
}

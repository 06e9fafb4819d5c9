import { ok, operation } from "../arm/operation.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { requireVault, vaultPath } from "./vaultPath.js";

const listUsages = operation({
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

const listReplicationUsages = operation({
  name: "ReplicationUsages_List",
  method: "GET",
  path: `${vaultPath}/replicationUsages`,
  answer(call) {
    const { replicatedItems } = requireVault(call);
    const usage = {
      monitoringSummary: {
        unHealthyVmCount: 0,
        unHealthyProviderCount: 0,
        eventsCount: 0,
        deprecatedProviderCount: 0,
        supportedProviderCount: 0,
        unsupportedProviderCount: 0,
      },
      jobsSummary: { failedJobs: 0, suspendedJobs: 0, inProgressJobs: 0 },
      protectedItemCount: replicatedItems.size,
      recoveryPlanCount: 0,
      registeredServersCount: 0,
      recoveryServicesProviderAuthType: 0,
    };
    return ok({ value: [usage] });
  },
});

export const recoveryServicesUsages = [listUsages, listReplicationUsages];

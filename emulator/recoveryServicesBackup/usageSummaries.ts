import { filterOf } from "../arm/list.js";
import { ok, operation } from "../arm/operation.js";
import { invalidParameter } from "../recoveryServices/recoveryError.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource } from "../state/records.js";

export const listUsageSummaries = operation({
  name: "BackupUsageSummaries_List",
  method: "GET",
  path: `${vaultPath}/backupUsageSummaries`,
  answer(call) {
    const { protectedItems, containers } = requireVault(call);
    const summaries = [
      { type: "BackupProtectedItemCountSummary", of: protectedItems },
      { type: "BackupProtectionContainerCountSummary", of: containers },
    ];
    const [wanted, another] = summaries.filter(
      filterOf(call.request.query.get("$filter"), { type: ({ type }) => type }),
    );
    if (wanted === undefined || another !== undefined) throw invalidParameter("type");
    return ok({ value: byKind([...wanted.of.values()]) });
  },
});

const labels: Record<string, string> = {
  AzureIaasVM: "Azure Virtual Machine",
  AzureStorage: "Azure Storage (Azure Files)",
  AzureWorkload: "SQL in Azure VM",
};

/** Kinds without anything are not in the list. */
function byKind(resources: ArmResource[]): ArmResource[] {
  const kinds: string[] = [...new Set(resources.map(({ properties }) => properties.backupManagementType))];
  return kinds.sort().map((kind) => ({
    unit: "Count",
    currentValue: resources.filter(({ properties }) => properties.backupManagementType === kind).length,
    limit: -1,
    name: { value: kind, localizedValue: labels[kind] ?? kind },
  }));
}

import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requireVault, vaultPath } from "./vaultPath.js";

export const listReplicationUsages = operation({
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

import { recoveryServicesVaultType } from "../lifecycle/recoveryServicesVault/recoveryServicesVaultType.js";
import { factValue } from "../rules/index.js";
import { jobDays } from "./recentJobs.js";
import { tally } from "./tally.js";
import { vaultKind } from "./vaultKind.js";

export const recoveryServicesVaultKind = vaultKind({
  type: recoveryServicesVaultType,
  list: (azure, subscriptionId, within) => azure.recoveryServicesVaults.listBySubscription(subscriptionId, within),

  async jobs(azure, vaultId, within) {
    const since = new Date(Date.now() - jobDays * 86_400_000);
    const found = await azure.recoveryServicesJobs.listSince(vaultId, since, within);
    return found.map(({ operation = "unknown", status = "unknown", startTime }) => ({
      operation,
      status,
      startTime: startTime?.toISOString(),
    }));
  },

  facts: ["protectedItems", "containers", "replication", "storageTypeState"],

  instances({ protectedItems }) {
    const items = factValue(protectedItems)?.map(({ type, managementType, state, isSoftDeleted }) => ({
      type: type ?? managementType ?? "unknown",
      state: isSoftDeleted ? "SoftDeleted" : state,
    }));
    return items && tally(items);
  },
});

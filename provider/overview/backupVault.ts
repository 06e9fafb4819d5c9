import { backupVaultType } from "../lifecycle/backupVault/backupVaultType.js";
import { factValue } from "../rules/index.js";
import { tally } from "./tally.js";
import { vaultKind } from "./vaultKind.js";

export const backupVaultKind = vaultKind({
  type: backupVaultType,
  list: (azure, subscriptionId, within) => azure.backupVaults.listBySubscription(subscriptionId, within),

  async jobs(azure, vaultId, within) {
    const found = await azure.backupJobs.list(vaultId, within);
    return found.map(({ properties: { operationCategory, operation, status, startTime } }) => ({
      operation: operationCategory || operation || "unknown",
      status: status || "unknown",
      startTime,
    }));
  },

  facts: ["protection", "deleted", "policies"],

  instances({ protection, deleted }) {
    const [active, softDeleted] = [factValue(protection), factValue(deleted)];
    if (!active || !softDeleted) return undefined;
    return tally(
      [...active, ...softDeleted].map(({ datasourceType, state }) => ({ type: datasourceType ?? "unknown", state })),
    );
  },
});

import type { Azure, OperationOptions } from "../azure/index.js";
import { services, type VaultService } from "../lifecycle/vault/services.js";
import { type FactName, type Facts, factValue } from "../rules/index.js";
import type { Body } from "../vaults/body.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { type Job, jobDays, tally } from "./jobs.js";
import type { InstanceCount } from "./vaultOverview.js";

/** A vault in a list of Azure's. */
export interface ListedVault extends Body {
  id?: string;
}

/** What differs between the overviews of the two kinds. */
export interface OverviewReader {
  service: VaultService;
  list(azure: Azure, subscriptionId: string, options: OperationOptions): Promise<ListedVault[]>;
  jobs(azure: Azure, vaultId: string, options: OperationOptions): Promise<Job[]>;
  /** The facts that are read for every vault. */
  facts: readonly FactName[];
  /** Undefined if not all could be read, because a partial count would be misleading. */
  instances(facts: Facts): InstanceCount[] | undefined;
}

export const readers: Record<VaultKind, OverviewReader> = {
  BackupVault: {
    service: services.BackupVault,
    list: (azure, subscriptionId, options) => azure.backupVaults.listBySubscription(subscriptionId, options),

    async jobs(azure, vaultId, options) {
      const found = await azure.backupJobs.list(vaultId, options);
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
      const all = [...active, ...softDeleted];
      return tally(all.map(({ datasourceType, state }) => ({ type: datasourceType ?? "unknown", state })));
    },
  },

  RecoveryServicesVault: {
    service: services.RecoveryServicesVault,
    list: (azure, subscriptionId, options) => azure.recoveryServicesVaults.listBySubscription(subscriptionId, options),

    async jobs(azure, vaultId, options) {
      const since = new Date(Date.now() - jobDays * 86_400_000);
      const found = await azure.recoveryServicesJobs.listSince(vaultId, since, options);
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
  },
};

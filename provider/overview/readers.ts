import type { Azure, OperationOptions, SharedReads } from "../azure/index.js";
import { services, type VaultService } from "../lifecycle/vault/services.js";
import type { FactName } from "../rules/index.js";
import type { Body } from "../vaults/body.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { ofDeletedInstance, ofInstance, ofItem } from "./dataSources.js";
import { type Job, jobDays } from "./jobs.js";
import { ofBackupPolicy, ofProtectionPolicy } from "./policies.js";
import type { DataSourceOverview, PolicyOverview } from "./vaultContents.js";

/** A vault in a list of Azure's. */
export interface ListedVault extends Body {
  id?: string;
}

/** What differs between the overviews of the two kinds. Every read throws why it failed. */
export interface OverviewReader {
  service: VaultService;
  list(azure: Azure, subscriptionId: string, options: OperationOptions): Promise<ListedVault[]>;
  jobs(azure: Azure, vaultId: string, options: OperationOptions): Promise<Job[]>;
  /** The facts that are read for every vault. */
  facts: readonly FactName[];
  /** Those among them that are read by the lists of the data sources. */
  dataSourceFacts: readonly FactName[];
  /**
   * All of them or none, because a part of the list would be misleading.
   *
   * @param read shares them with the facts
   * @param jobs none if they could not be read
   */
  dataSources(
    read: SharedReads,
    vaultId: string,
    jobs: Promise<readonly Job[]>,
    options: OperationOptions,
  ): Promise<DataSourceOverview[]>;
  policies(read: SharedReads, vaultId: string, options: OperationOptions): Promise<PolicyOverview[]>;
}

export const readers: Record<VaultKind, OverviewReader> = {
  BackupVault: {
    service: services.BackupVault,
    list: (azure, subscriptionId, options) => azure.backupVaults.listBySubscription(subscriptionId, options),

    async jobs(azure, vaultId, options) {
      const found = await azure.backupJobs.list(vaultId, options);
      return found.map(({ properties: { operationCategory, operation, status, startTime, backupInstanceId } }) => ({
        operation: operationCategory || operation || "unknown",
        status: status || "unknown",
        startTime,
        instanceId: backupInstanceId,
      }));
    },

    facts: ["protection", "deleted", "policies"],
    dataSourceFacts: ["protection", "deleted"],

    async dataSources(read, vaultId, reading, options) {
      const [active, deleted, jobs] = await Promise.all([
        read.backupInstances.list(vaultId, options),
        read.softDeletedInstances(vaultId, options),
        reading,
      ]);
      return [...active.map((each) => ofInstance(each, jobs)), ...deleted.map((each) => ofDeletedInstance(each, jobs))];
    },

    policies: async (read, vaultId, options) => (await read.backupPolicies.list(vaultId, options)).map(ofBackupPolicy),
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
    dataSourceFacts: ["protectedItems"],

    dataSources: async (read, vaultId, _, options) => (await read.itemsOfVault(vaultId, options)).map(ofItem),

    policies: async (read, vaultId, options) =>
      (await read.protectionPolicies.list(vaultId, options)).map(ofProtectionPolicy),
  },
};

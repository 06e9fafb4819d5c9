import type { Azure, OperationOptions } from "../azure/index.js";
import type { VaultInputs, VaultResource } from "../lifecycle/vault/vaultInputs.js";
import type { VaultType } from "../lifecycle/vault/vaultType.js";
import type { FactName, Facts } from "../rules/index.js";
import type { Job } from "./recentJobs.js";
import type { InstanceCount } from "./vaultOverview.js";

/** A vault as a list of Azure's shows it. */
export interface ListedVault extends VaultResource {
  id?: string;
  properties?: VaultResource["properties"] & { bcdrSecurityLevel?: string; secureScore?: string };
}

/** In what an overview of one kind differs from the other's, beside its lifecycle. */
export interface OverviewType<I extends VaultInputs, R extends ListedVault> {
  type: VaultType<I, R>;
  list(azure: Azure, subscriptionId: string, within: OperationOptions): Promise<R[]>;
  jobs(azure: Azure, vaultId: string, within: OperationOptions): Promise<Job[]>;
  /** What is read of every vault. */
  facts: readonly FactName[];
  /** Undefined where not all could be read: half a count would mislead. */
  instances(facts: Facts): InstanceCount[] | undefined;
}

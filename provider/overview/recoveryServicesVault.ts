import {
  type Azure,
  type FactReaders as AzureReaders,
  type RecoveryServicesVaultResource,
  recoveryServicesApiVersion,
  type Within,
} from "../azure/index.js";
import { type FactReaders, readFacts } from "../lifecycle/readFacts.js";
import { closedDoors, type FactName, type Facts, judge, type Vault } from "../rules/index.js";
import { deletionOf } from "./deletion.js";
import { keyFacts } from "./keyOverview.js";
import { type Job, jobDays, readRecentJobs } from "./recentJobs.js";
import { recoveryServicesNormalForm } from "./recoveryServicesNormalForm.js";
import { tally } from "./tally.js";
import { unreadableFacts } from "./unreadableFacts.js";
import type { VaultKind } from "./vaultKind.js";
import type { EncryptionOverview, InstanceCount, VaultOverview } from "./vaultOverview.js";

const noId = (vault: RecoveryServicesVaultResource): never => {
  throw new Error(`Azure's answer names no id for the Recovery Services vault ${vault.name ?? ""}.`);
};

export const recoveryServicesVaultKind: VaultKind<RecoveryServicesVaultResource> = {
  name: "RecoveryServicesVault",
  resourceType: "Microsoft.RecoveryServices/vaults",
  find: async (azure, id, within) => {
    const live = await azure.recoveryServicesVaults.get(id, within);
    // By the id that was asked for: Azure's own spelling of it varies.
    return live && Object.assign(live, { id });
  },
  list: (azure, subscriptionId, within) => azure.recoveryServicesVaults.listBySubscription(subscriptionId, within),
  idOf: (vault) => vault.id ?? noId(vault),
  overview,
};

async function overview(azure: Azure, live: RecoveryServicesVaultResource, within: Within): Promise<VaultOverview> {
  const id = live.id ?? noId(live);
  const [, , subscriptionId = "", , resourceGroupName = "", , , , vaultName = ""] = id.split("/");
  const before = { ...recoveryServicesNormalForm(live), subscriptionId, resourceGroupName, vaultName };
  const readers = factReaders(azure.factsReadOnce(), live, id, before, within);
  const [facts, jobs] = await Promise.all([
    readFacts(readers, Object.keys(readers) as FactName[]),
    readRecentJobs(() => jobsOf(azure, id, within)),
  ]);
  const given = {
    resource: "RecoveryServicesVault",
    apiVersion: recoveryServicesApiVersion,
    when: "plan",
    inSteps: true,
    now: Math.floor(Date.now() / 1000),
    facts,
  } as const;
  const { provisioningState, bcdrSecurityLevel, secureScore } = live.properties ?? {};
  const instances = instancesOf(facts);
  return {
    vaultId: id,
    kind: "RecoveryServicesVault",
    vaultName,
    resourceGroupName,
    subscriptionId,
    location: String(before.location),
    ...(provisioningState && { provisioningState }),
    settings: settingsOf(before),
    security: { ...(bcdrSecurityLevel && { bcdrSecurityLevel }), ...(secureScore && { secureScore }) },
    ...(instances && { instances }),
    ...(jobs.jobs && { jobs: jobs.jobs }),
    encryption: encryptionOf(before, facts),
    deletion: deletionOf(judge({ ...given, before })),
    closed: closedDoors(before, given),
    unreadable: [...unreadableFacts(facts), ...jobs.unreadable],
  };
}

function factReaders(
  read: AzureReaders,
  live: RecoveryServicesVaultResource,
  id: string,
  { encryption }: Vault,
  within: Within,
): FactReaders {
  const { keyUri, identity = "SystemAssigned" } = (encryption ?? {}) as { keyUri?: string; identity?: string };
  const who = identity === "SystemAssigned" ? { principalId: live.identity?.principalId } : { id: identity };
  return {
    protectedItems: () => read.protectedItems(id, within),
    containers: () => read.containers(id, within),
    replication: () => read.replication(id, within),
    storageTypeState: () => read.storageTypeState(id, within),
    ...(keyUri && {
      oldKey: () => read.key(keyUri, within),
      oldKeyVault: () => read.keyVault(keyUri, within),
      oldAccess: () => read.keyAccess(keyUri, who, within),
    }),
  };
}

function settingsOf(vault: Vault): VaultOverview["settings"] {
  const { redundancy, immutability, softDelete, crossRegionRestore, crossSubscriptionRestore } = vault;
  const { state, retentionDurationInDays } = softDelete ?? {};
  const settings = {
    redundancy,
    immutability,
    softDelete: softDelete && { state, retentionDurationInDays },
    crossRegionRestore,
    crossSubscriptionRestore,
    isProtectedByResourceGuard: vault.isProtectedByResourceGuard,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function instancesOf({ protectedItems }: Facts): InstanceCount[] | undefined {
  if (!protectedItems || "unreadable" in protectedItems) return undefined;
  return tally(
    protectedItems.value.map(({ type, managementType, state, isSoftDeleted }) => ({
      type: type ?? managementType ?? "unknown",
      state: isSoftDeleted ? "SoftDeleted" : state,
    })),
  );
}

async function jobsOf(azure: Azure, id: string, within: Within): Promise<Job[]> {
  const since = new Date(Date.now() - jobDays * 86_400_000);
  const found = await azure.recoveryServicesJobs.listSince(id, since, within);
  return found.map(({ operation = "unknown", status = "unknown", startTime }) => ({
    operation,
    status,
    startTime: startTime?.toISOString(),
  }));
}

function encryptionOf({ encryption }: Vault, facts: Facts): EncryptionOverview {
  if (!encryption) return { keys: "platform" };
  return { keys: "customer", ...(encryption as Omit<EncryptionOverview, "keys">), ...keyFacts(facts) };
}

import { type Azure, apiVersion, type BackupVaultResource, type Within } from "../azure/index.js";
import { factReaders } from "../lifecycle/backupVault/facts.js";
import { fromArm } from "../lifecycle/backupVault/fromArm.js";
import type { BackupVaultSettings } from "../lifecycle/backupVault/inputs.js";
import { verdictsOn } from "../lifecycle/backupVault/judgement.js";
import { toRules } from "../lifecycle/backupVault/toRules.js";
import { readFacts } from "../lifecycle/readFacts.js";
import { closedDoors, type Facts } from "../rules/index.js";
import { deletionOf } from "./deletion.js";
import { keyFacts } from "./keyOverview.js";
import { type Job, readRecentJobs } from "./recentJobs.js";
import { tally } from "./tally.js";
import { unreadableFacts } from "./unreadableFacts.js";
import type { VaultKind } from "./vaultKind.js";
import type { EncryptionOverview, InstanceCount, VaultOverview } from "./vaultOverview.js";

const noId = (vault: BackupVaultResource): never => {
  throw new Error(`Azure's answer names no id for the Backup vault ${vault.name ?? ""}.`);
};

export const backupVaultKind: VaultKind<BackupVaultResource> = {
  name: "BackupVault",
  resourceType: "Microsoft.DataProtection/backupVaults",
  // By the id that was asked for: Azure's own spelling of it varies.
  find: async (azure, id, within) => {
    const live = await azure.backupVaults.get(id, within);
    return live && { ...live, id };
  },
  list: (azure, subscriptionId, within) => azure.backupVaults.listBySubscription(subscriptionId, within),
  idOf: (vault) => vault.id ?? noId(vault),
  overview,
};

async function overview(azure: Azure, live: BackupVaultResource, within: Within): Promise<VaultOverview> {
  const id = live.id ?? noId(live);
  const before = fromArm(id, live);
  const question = { id, before, live, when: "plan", deadline: within.deadline } as const;
  const ofKey = before.encryption?.keyUri ? (["oldKey", "oldKeyVault", "oldAccess"] as const) : [];
  // Several facts come out of the same lists.
  const read = azure.factsReadOnce();
  const [facts, jobs] = await Promise.all([
    readFacts(
      factReaders(() => read, question),
      ["protection", "deleted", "policies", ...ofKey],
    ),
    readRecentJobs(() => jobsOf(azure, id, within)),
  ]);
  const given = { resource: "BackupVault", apiVersion, when: "plan", now: Math.floor(Date.now() / 1000) } as const;
  const { vaultName, resourceGroupName, subscriptionId, location } = before;
  const { provisioningState, bcdrSecurityLevel, secureScore, isVaultProtectedByResourceGuard } = live.properties;
  const instances = instancesOf(facts);
  return {
    vaultId: id,
    kind: "BackupVault",
    vaultName,
    resourceGroupName,
    subscriptionId,
    location,
    ...(provisioningState && { provisioningState }),
    settings: settingsOf(before, isVaultProtectedByResourceGuard),
    security: { ...(bcdrSecurityLevel && { bcdrSecurityLevel }), ...(secureScore && { secureScore }) },
    ...(instances && { instances }),
    ...(jobs.jobs && { jobs: jobs.jobs }),
    encryption: encryptionOf(before, facts),
    deletion: deletionOf(verdictsOn(question, facts)),
    closed: closedDoors(toRules(before, live), { ...given, facts }),
    unreadable: [...unreadableFacts(facts), ...jobs.unreadable],
  };
}

function settingsOf(vault: BackupVaultSettings, guarded: boolean | undefined): VaultOverview["settings"] {
  const { redundancy, immutability, softDelete, crossRegionRestore, crossSubscriptionRestore } = vault;
  const settings = { redundancy, immutability, softDelete, crossRegionRestore, crossSubscriptionRestore };
  const told = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return { ...told, ...(guarded !== undefined && { isProtectedByResourceGuard: guarded }) };
}

/** Undefined where not all could be read: half a count would mislead. */
function instancesOf({ protection, deleted }: Facts): InstanceCount[] | undefined {
  if (!protection || !deleted || "unreadable" in protection || "unreadable" in deleted) return undefined;
  const all = [...protection.value, ...deleted.value];
  return tally(all.map(({ datasourceType, state }) => ({ type: datasourceType ?? "unknown", state })));
}

async function jobsOf(azure: Azure, id: string, within: Within): Promise<Job[]> {
  const found = await azure.backupJobs.list(id, within);
  return found.map(({ properties: { operationCategory, operation, status, startTime } }) => ({
    operation: operationCategory || operation || "unknown",
    status: status || "unknown",
    startTime,
  }));
}

function encryptionOf({ encryption }: BackupVaultSettings, facts: Facts): EncryptionOverview {
  if (!encryption?.keyUri || encryption.state === "Disabled") return { keys: "platform" };
  return { keys: "customer", ...encryption, ...keyFacts(facts) };
}

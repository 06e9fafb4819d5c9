import type { Azure, OperationOptions } from "../azure/index.js";
import { readFacts } from "../lifecycle/readFacts.js";
import { evaluateChange } from "../lifecycle/vault/judgement.js";
import type { VaultInputs } from "../lifecycle/vault/vaultInputs.js";
import { type FactName, type Facts, irreversibleSettings } from "../rules/index.js";
import type { Vault } from "../vaults/ruleVault.js";
import { deletionOf } from "./deletion.js";
import { keyFacts } from "./keyOverview.js";
import type { ListedVault, OverviewType } from "./overviewType.js";
import { readRecentJobs } from "./recentJobs.js";
import { unreadableFacts } from "./unreadableFacts.js";
import type { EncryptionOverview, VaultOverview } from "./vaultOverview.js";

const ofKey: FactName[] = ["oldKey", "oldKeyVault", "oldAccess"];

/** Reads what there is to know of a live vault and judges it, as the provider would. */
export async function readOverview<I extends VaultInputs, R extends ListedVault>(
  azure: Azure,
  { type, facts: names, instances, jobs: list }: OverviewType<I, R>,
  id: string,
  live: R,
  within: OperationOptions,
): Promise<VaultOverview> {
  const before = type.fromArm(id, live);
  const proposed = { id, before, live, writes: true, when: "plan", deadline: within.deadline } as const;
  // Several facts come out of the same answers.
  const read = azure.factsReadOnce();
  const [facts, jobs] = await Promise.all([
    readFacts(
      type.factLoaders(() => read, proposed),
      [...names, ...(before.encryption?.keyUri ? ofKey : [])],
    ),
    readRecentJobs(() => list(azure, id, within)),
  ]);
  const vault = type.toRules(before, live);
  const given = {
    resource: type.kind,
    // The normal form has the soft delete where the arguments have it.
    apiVersion: (after: Vault) => type.writtenBy(after as Partial<I>),
    multiRequestWrites: type.multiRequestWrites,
    when: "plan",
    now: Math.floor(Date.now() / 1000),
    facts,
  } as const;
  const { vaultName = "", resourceGroupName = "", subscriptionId = "", location = "" } = before;
  const { provisioningState, bcdrSecurityLevel, secureScore } = live.properties ?? {};
  return present({
    vaultId: id,
    kind: type.kind,
    vaultName,
    resourceGroupName,
    subscriptionId,
    location,
    provisioningState,
    settings: settingsOf(vault),
    security: present({ bcdrSecurityLevel, secureScore }),
    instances: instances(facts),
    jobs: jobs.jobs,
    encryption: encryptionOf(before, facts),
    deletion: deletionOf(evaluateChange(type, proposed, facts)),
    closed: irreversibleSettings(vault, given),
    unreadable: [...unreadableFacts(facts), ...jobs.unreadable],
  });
}

/** A live vault's settings are known: no leaf of its normal form stands for a value to come. */
function settingsOf(vault: Vault): VaultOverview["settings"] {
  const { redundancy, immutability, softDelete, crossRegionRestore, crossSubscriptionRestore } = vault;
  const { state, retentionDurationInDays } = softDelete ?? {};
  return present({
    redundancy,
    immutability,
    softDelete: softDelete && present({ state, retentionDurationInDays }),
    crossRegionRestore,
    crossSubscriptionRestore,
    isProtectedByResourceGuard:
      typeof vault.isProtectedByResourceGuard === "boolean" ? vault.isProtectedByResourceGuard : undefined,
  }) as VaultOverview["settings"];
}

function encryptionOf({ encryption }: Partial<VaultInputs>, facts: Facts): EncryptionOverview {
  if (!encryption?.keyUri || encryption.state === "Disabled") return { keys: "platform" };
  return { keys: "customer", ...encryption, ...keyFacts(facts) };
}

const present = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== "")) as T;

import type { Azure, OperationOptions } from "../azure/index.js";
import { orUnreadable, readFacts } from "../lifecycle/run/facts.js";
import { evaluateChange } from "../lifecycle/vault/judge.js";
import { factLoaders } from "../lifecycle/vault/services.js";
import { type FactName, type Facts, factNouns, irreversibleSettings, type Verdict } from "../rules/index.js";
import type { Body } from "../vaults/body.js";
import { outputsOf, readVault, type SomeSettings } from "../vaults/definitions.js";
import { forRules, liveState, type Vault } from "../vaults/ruleVault.js";
import { keyFacts } from "./keyOverview.js";
import { present } from "./present.js";
import { backedUp, readContents } from "./readContents.js";
import type { OverviewReader } from "./readers.js";
import type { EncryptionOverview, Unreadable, VaultOverview } from "./vaultOverview.js";

const ofKey: FactName[] = ["oldKey", "oldKeyVault", "oldAccess"];

/** Reads a live vault and its facts, and judges them as the provider would. */
export async function readOverview(
  azure: Azure,
  reader: OverviewReader,
  id: string,
  live: Body,
  options: OperationOptions,
): Promise<VaultOverview> {
  const { service } = reader;
  const before = readVault(service, id, live);
  const proposed = { id, before, live, writes: true, when: "plan", deadline: options.deadline } as const;
  // Several facts come from the same responses.
  const read = azure.factsReadOnce();
  const vault = forRules(service, before, liveState[service.kind](live));
  const jobs = orUnreadable(() => reader.jobs(azure, id, options));
  const [facts, contents] = await Promise.all([
    readFacts(
      factLoaders(service, () => read, proposed),
      [...reader.facts, ...(before.encryption?.keyUri ? ofKey : [])],
    ),
    readContents(reader, read, { id, isGuarded: Boolean(vault.isProtectedByResourceGuard), jobs }, options),
  ]);
  const given = {
    resource: service.kind,
    // The normal form has the soft delete where the arguments have it.
    apiVersion: ({ softDelete }: Vault) =>
      service.writtenBy({ softDelete: present({ state: textOf(softDelete?.state) }) }),
    multiRequestWrites: service.multiRequestWrites,
    when: "plan",
    now: Math.floor(Date.now() / 1000),
    facts,
  } as const;
  const { vaultName = "", resourceGroupName = "", subscriptionId = "", location = "" } = before;
  const { provisioningState, bcdrSecurityLevel, secureScore } = outputsOf(service, live) as Pick<
    VaultOverview,
    "provisioningState"
  > &
    VaultOverview["security"];
  return present({
    vaultId: id,
    kind: service.kind,
    vaultName,
    resourceGroupName,
    subscriptionId,
    location,
    provisioningState,
    settings: settingsOf(vault),
    security: present({ bcdrSecurityLevel, secureScore }),
    ...contents.overview,
    encryption: encryptionOf(before, facts),
    deletion: deletionOf(evaluateChange(service, proposed, facts)),
    closed: irreversibleSettings(vault, given),
    unreadable: withFacts(unreadableFacts(facts), contents.unreadable, reader),
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A summary of the rules' verdicts on a deletion. */
function deletionOf(verdicts: readonly Verdict[]): VaultOverview["deletion"] {
  const decisions = verdicts.map(({ decision }) => decision);
  const findings = verdicts.map(({ code, decision, reason, remediation, source }) => ({
    code,
    decision,
    reason,
    remediation,
    source,
  }));
  if (decisions.includes("refuse")) return { decision: "blocked", findings };
  return { decision: decisions.includes("undecided") ? "undecided" : "possible", findings };
}

/** Lists that are read for facts, too: what kept one from being read is said once. */
function withFacts(facts: readonly Unreadable[], contents: readonly Unreadable[], reader: OverviewReader) {
  const said = new Set(facts.map(({ what }) => what));
  if (reader.dataSourceFacts.some((name) => said.has(factNouns[name]))) said.add(backedUp);
  return [...facts, ...contents.filter(({ what }) => !said.has(what))];
}

/** The facts that could not be read, and why. */
const unreadableFacts = (facts: Facts): Unreadable[] =>
  Object.entries(facts).flatMap(([name, fact]) =>
    "unreadable" in fact ? [{ what: factNouns[name as FactName], why: fact.unreadable }] : [],
  );

/** A live vault's settings are known: none of them stands for a value that `pulumi up` determines. */
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

function encryptionOf({ encryption }: SomeSettings, facts: Facts): EncryptionOverview {
  if (!encryption?.keyUri || encryption.state === "Disabled") return { keyManagement: "platform" };
  return { keyManagement: "customer", ...encryption, ...keyFacts(facts) };
}

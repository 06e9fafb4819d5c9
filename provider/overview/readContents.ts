import type { OperationOptions, SharedReads } from "../azure/index.js";
import { orUnreadable } from "../lifecycle/run/facts.js";
import { type Fact, factNouns, factValue } from "../rules/index.js";
import { type Job, recentJobs, tally } from "./jobs.js";
import { withUsers } from "./policies.js";
import type { OverviewReader } from "./readers.js";
import { readResourceGuards } from "./resourceGuards.js";
import type { Unreadable, VaultOverview } from "./vaultOverview.js";

/** What messages call the list of data sources. */
export const backedUp = "what the vault backs up";

type Contents = Pick<VaultOverview, "instances" | "dataSources" | "policies" | "jobs" | "resourceGuards">;

interface Vault {
  id: string;
  isGuarded: boolean;
  /** Being read. */
  jobs: Promise<Fact<Job[]>>;
}

/** What is in a vault: a list for each, however much there is of it. */
export async function readContents(
  reader: OverviewReader,
  read: SharedReads,
  vault: Vault,
  options: OperationOptions,
): Promise<{ overview: Contents; unreadable: Unreadable[] }> {
  const { id, isGuarded } = vault;
  const jobsOrNone = vault.jobs.then((found) => factValue(found) ?? []);
  const [jobs, dataSources, policies, guards] = await Promise.all([
    vault.jobs,
    orUnreadable(() => reader.dataSources(read, id, jobsOrNone, options)),
    orUnreadable(() => reader.policies(read, id, options)),
    isGuarded ? orUnreadable(() => readResourceGuards(read, id, options)) : { value: undefined },
  ]);
  const listed = factValue(dataSources)?.sort((a, b) => a.dataSourceName.localeCompare(b.dataSourceName));
  const found = factValue(jobs);
  const named = factValue(policies)?.sort((a, b) => a.policyName.localeCompare(b.policyName));
  const nouns = { "the vault's jobs": jobs, [backedUp]: dataSources, [factNouns.policies]: policies };
  return {
    overview: {
      instances: listed && tally(listed.map(({ type, state }) => ({ type, state }))),
      dataSources: listed,
      policies: named && withUsers(named, listed),
      jobs: found && recentJobs(found),
      resourceGuards: "value" in guards ? (guards.value?.guards ?? []) : undefined,
    },
    unreadable: [
      ...Object.entries({ ...nouns, [factNouns.guard]: guards }).flatMap(([what, part]) =>
        "unreadable" in part ? [{ what, why: part.unreadable }] : [],
      ),
      ...(("value" in guards && guards.value?.unreadable) || []),
    ],
  };
}

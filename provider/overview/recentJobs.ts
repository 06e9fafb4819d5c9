import { messageOf } from "../lifecycle/messageOf.js";
import { tally } from "./tally.js";
import type { JobCount, Unreadable } from "./vaultOverview.js";

/** As the portal's overview shows them. */
export const jobDays = 7;

export interface Job {
  operation: string;
  status: string;
  /** ISO 8601. */
  startTime?: string;
}

/** Counts the jobs that `list` finds, or says why it finds none. */
export async function readRecentJobs(
  list: () => Promise<Job[]>,
): Promise<{ jobs?: JobCount[]; unreadable: Unreadable[] }> {
  try {
    return { jobs: recentJobs(await list()), unreadable: [] };
  } catch (error) {
    return { unreadable: [{ what: "the vault's jobs", why: messageOf(error) }] };
  }
}

/** A job without a time counts: it has only just begun. */
export function recentJobs(jobs: readonly Job[], now = Date.now()): JobCount[] {
  const since = now - jobDays * 86_400_000;
  const isRecent = ({ startTime }: Job) => startTime === undefined || !(Date.parse(startTime) < since);
  return tally(jobs.filter(isRecent).map(({ operation, status }) => ({ operation, status })));
}

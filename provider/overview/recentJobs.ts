import { tally } from "./tally.js";
import type { JobCount } from "./vaultOverview.js";

/** As the portal's overview shows them. */
export const jobDays = 7;

export interface Job {
  operation: string;
  status: string;
  /** ISO 8601. */
  startTime?: string;
}

/** A job without a time counts: it has only just begun. */
export function recentJobs(jobs: readonly Job[], now = Date.now()): JobCount[] {
  const since = now - jobDays * 86_400_000;
  const isRecent = ({ startTime }: Job) => startTime === undefined || !(Date.parse(startTime) < since);
  return tally(jobs.filter(isRecent).map(({ operation, status }) => ({ operation, status })));
}

import type { JobCount } from "./vaultOverview.js";

/** The period that the Azure portal's overview shows. */
export const jobDays = 7;

export interface Job {
  operation: string;
  status: string;
  /** ISO 8601. */
  startTime?: string;
  /** The ARM ID of the backup instance that it is for. */
  instanceId?: string;
}

/** A job without a start time counts, because it has just been created. */
export function recentJobs(jobs: readonly Job[], now = Date.now()): JobCount[] {
  const since = now - jobDays * 86_400_000;
  const isRecent = ({ startTime }: Job) => startTime === undefined || !(Date.parse(startTime) < since);
  return tally(jobs.filter(isRecent).map(({ operation, status }) => ({ operation, status })));
}

/** Merges equal items into one with a `count`, sorted. */
export function tally<T extends object>(items: readonly T[]): (T & { count: number })[] {
  const counts = new Map<string, T & { count: number }>();
  for (const item of items) {
    const key = JSON.stringify(item);
    const known = counts.get(key);
    counts.set(key, { ...item, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
}

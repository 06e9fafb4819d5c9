import type { ArmClient } from "../arm/armClient.js";
import type { OperationOptions } from "../http/deadline.js";
import { page } from "../reading/responses.js";
import { type Kind, object, optional, shown } from "../reading/shapes.js";
import { backupClient, recoveryServicesVaultParts } from "./clients.js";

/** https://learn.microsoft.com/rest/api/backup/backup-jobs/list */
export interface RecoveryServicesJob {
  /** Such as `Backup`, `Restore` or `ConfigureBackup`. */
  operation?: string;
  /** `InProgress`, `Completed`, `Failed`, `CompletedWithWarnings`, `Cancelled`, ... */
  status?: string;
  startTime?: Date;
}

const job = {
  noun: "a job",
  shape: object({ properties: optional(object({ operation: shown, status: shown, startTime: shown })) }),
} satisfies Kind<unknown>;

export interface RecoveryServicesJobs {
  /** Those that began between then and now. */
  listSince(vaultId: string, since: Date, options: OperationOptions): Promise<RecoveryServicesJob[]>;
}

export const createRecoveryServicesJobs = (client: ArmClient): RecoveryServicesJobs => ({
  async listSince(vaultId, since, options) {
    const { subscriptionId, resourceGroupName, vaultName } = recoveryServicesVaultParts(vaultId);
    const { backupJobs } = await backupClient(client, subscriptionId, page(job), options);
    // Azure wants both ends. A minute more than now: clocks differ.
    const ends = { startTime: since, endTime: new Date(Date.now() + 60_000) };
    const filter = Object.entries(ends).map(([name, date]) => `${name} eq '${filterTime(date)}'`);
    const jobs: RecoveryServicesJob[] = [];
    for await (const { properties } of backupJobs.list(vaultName, resourceGroupName, { filter: filter.join(" and ") }))
      jobs.push({ operation: properties?.operation, status: properties?.status, startTime: properties?.startTime });
    return jobs;
  },
});

/** `2026-11-21 03:04:05 PM`, in UTC. */
export function filterTime(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  const [hours = "", minutes = "", seconds = ""] = time.slice(0, 8).split(":");
  const half = Number(hours) < 12 ? "AM" : "PM";
  return `${day} ${String(Number(hours) % 12 || 12).padStart(2, "0")}:${minutes}:${seconds} ${half}`;
}

import {
  type DataSourceOverview,
  jobDays,
  type SubscriptionOverview,
  type VaultOverview,
} from "../../provider/overview/index.js";
import { vaultNouns } from "../../provider/vaults/vaultId.js";
import type { Cell, Section } from "../output/sections.js";
import { deletionCell, isFailed, keyCell, levelCell, timeText } from "./cells.js";

const failedJobs = `failed jobs, ${jobDays} days`;

/** Of what is protected, and has a backup that is known. */
const oldestBackup = "oldest last backup";

/** Many vaults: a row for each, and what could not be read. */
export function vaultTable(subscriptionId: string, { vaults, problems }: SubscriptionOverview): Section[] {
  const unread = [
    ...vaults.flatMap(({ vaultName, unreadable }) => unreadable.map(({ what, why }) => [vaultName, `${what}: ${why}`])),
    ...problems.map(({ what, why }) => [what, why]),
  ];
  const count = vaults.length === 1 ? "1 vault" : `${vaults.length} vaults`;
  return [
    {
      title: `${count} in subscription ${subscriptionId}`,
      columns: [
        "vault",
        "group",
        "kind",
        "region",
        "redundancy",
        "immutability",
        "soft delete",
        "key",
        "security",
        "instances",
        oldestBackup,
        failedJobs,
        "deletion",
      ],
      mayGo: ["region", "kind", "group", "security", "soft delete", "instances", oldestBackup, "key", failedJobs],
      rows: vaults.map(row),
      otherwise: problems.length > 0 ? "could not be read" : "none",
    },
    ...(unread.length > 0 ? [{ title: "Could not be read", tone: "attention", rows: unread } as const] : []),
  ];
}

function row(vault: VaultOverview): Cell[] {
  const { settings, security, encryption, instances, dataSources, jobs } = vault;
  const failed = jobs?.filter(({ status }) => isFailed(status)).reduce((sum, { count }) => sum + count, 0);
  return [
    vault.vaultName,
    vault.resourceGroupName,
    vaultNouns[vault.kind].replace(/ vault$/, ""),
    vault.location,
    settings.redundancy ?? "",
    settings.immutability ?? "",
    settings.softDelete?.state ?? "",
    encryption.keyManagement === "platform" ? "platform" : encryption.key ? keyCell(encryption.key) : unknown,
    security.bcdrSecurityLevel ? levelCell(security.bcdrSecurityLevel) : "",
    instances ? String(instances.reduce((sum, { count }) => sum + count, 0)) : unknown,
    dataSources ? oldestOf(dataSources) : unknown,
    failed === undefined ? unknown : failed > 0 ? { text: String(failed), tone: "bad" } : "0",
    deletionCell(vault.deletion.decision),
  ];
}

/** Times in one form sort as text. */
function oldestOf(dataSources: readonly DataSourceOverview[]): string {
  const [oldest] = dataSources
    .flatMap(({ state, lastBackup }) => (state === "SoftDeleted" ? [] : (lastBackup ?? [])))
    .sort();
  return oldest === undefined ? "" : timeText(oldest);
}

/** The reason follows below the table. */
const unknown: Cell = { text: "?", tone: "attention" };

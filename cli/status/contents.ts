import type {
  DataSourceOverview,
  PolicyOverview,
  ResourceGuardOverview,
  ScheduleOverview,
  VaultOverview,
} from "../../provider/overview/index.js";
import type { Cell, Section } from "../output/sections.js";
import { jobCell, protectionCell, timeText } from "./cells.js";

const unread = "could not be read";

/** What is protected, by which policy, when it was last backed up, and until when soft delete keeps what was deleted. */
export function dataSources({ dataSources: all, policies }: VaultOverview): Section {
  return {
    title: "Data sources",
    columns: ["name", "state", "policy", "last backup", "last attempt"],
    mayGo: ["last attempt", "policy"],
    rows: (all ?? []).map((each) => [
      each.dataSourceName,
      stateCell(each),
      each.policyName ?? "",
      lastBackupCell(each, policies),
      each.lastBackupStatus ? jobCell(each.lastBackupStatus) : "",
    ]),
    otherwise: all ? "none" : unread,
  };
}

function stateCell({ state, purgedAt }: DataSourceOverview): Cell {
  const { text, tone } = protectionCell(state);
  return { text: purgedAt === undefined ? text : `${text} until ${timeText(purgedAt)}`, tone };
}

/** Continuous backup restores to any time, and has no jobs. */
function lastBackupCell(
  { lastBackup, policyName, state }: DataSourceOverview,
  policies: VaultOverview["policies"],
): Cell {
  if (lastBackup !== undefined) return timeText(lastBackup);
  const policy = policies?.find((each) => each.policyName === policyName);
  if (policy?.schedules?.length === 0 && policy.retention?.length) return "continuous";
  return { text: "none known", tone: state === "SoftDeleted" ? "quiet" : "attention" };
}

export function policies({ policies: all }: VaultOverview): Section {
  return {
    title: "Policies",
    columns: ["policy", "for", "used by", "backup", "keeps"],
    mayGo: ["for"],
    rows: (all ?? []).map((policy) => [
      policy.policyName,
      policy.dataSource,
      policy.usedBy === undefined ? "?" : String(policy.usedBy),
      scheduleText(policy),
      policy.unrecognized === undefined
        ? retentionText(policy)
        : { text: `not recognized: ${policy.unrecognized}`, tone: "quiet" },
    ]),
    otherwise: all ? "none" : unread,
  };
}

const scheduleText = ({ schedules, retention = [] }: PolicyOverview): string =>
  schedules?.map(timesText).join("; ") || (schedules && retention.length > 0 ? "continuous" : "");

function timesText({ backupType, every, at, on, timeZone }: ScheduleOverview): string {
  const days = on && `on ${on.join(", ")}`;
  const time = at && `at ${at}${timeZone ? ` ${timeZone}` : ""}`;
  return [backupType, every, days, time].filter(Boolean).join(" ");
}

/** The store is said where there are several. */
function retentionText({ retention = [] }: PolicyOverview): string {
  const isOne = new Set(retention.map(({ store }) => store)).size === 1;
  return retention.map(({ rule, store, keep }) => `${keep} ${rule}${isOne ? "" : ` in ${store}`}`).join(", ");
}

/** Which guard, what it protects, which request to name, and who can give the consent. */
export const resourceGuards = ({ resourceGuards: all }: VaultOverview): Section[] =>
  all ? all.map(guardSection) : [{ title: "Resource guard", rows: [], otherwise: unread }];

function guardSection({ resourceGuardId, operations, administrators }: ResourceGuardOverview): Section {
  const people = administrators?.map(({ principalId, principalType, role }) =>
    [principalType, principalId, `(${role})`].filter(Boolean).join(" "),
  );
  const who = people?.join(", ") || "nobody among the active role assignments";
  return {
    title: `Resource guard ${resourceGuardId.split("/").at(-1)}`,
    rows: [
      ["ID", resourceGuardId],
      ["consent can be given by", people ? who : { text: unread, tone: "attention" }],
      ...operations.map(({ vaultCriticalOperation, defaultResourceRequest }): Cell[] => [
        vaultCriticalOperation.replace(/^Microsoft\.\w+\/\w+\//i, ""),
        defaultResourceRequest,
      ]),
    ],
  };
}

import { isMap } from "node:util/types";
import type { ArmResource } from "../state/records.js";
import { policyLines, policyType } from "./policyView.js";

export interface ContentView {
  name: string;
  state: string;
  /** What else matters of it, a line for each. */
  lines: string[];
}

/** More is no use to eyes. */
const shown = 100;

/** The lists in a record, whatever its kind: by the name of the member that holds them. */
export function contentsOf(record: object): Record<string, ContentView[]> {
  const lists = Object.entries(record).map(([name, member]): [string, ArmResource[]] => [
    name,
    recordsOf(member).filter(isBody).slice(-shown),
  ]);
  return Object.fromEntries(
    lists
      .filter(([, items]) => items.length > 0)
      .map(([name, items]) => [name, items.map((item) => contentView(item, linesOf(name, item, record)))]),
  );
}

export function recordsOf(member: unknown): ArmResource[] {
  return isMap(member) ? [...member.values()].filter((value) => typeof value === "object" && value !== null) : [];
}

export function isBody(value: ArmResource): boolean {
  return typeof value.id === "string" && typeof value.name === "string" && typeof value.type === "string";
}

/** Each kind has its own word for how it is. */
function contentView({ name, properties = {} }: ArmResource, lines: string[]): ContentView {
  const { currentProtectionState, protectionState, status, provisioningState, friendlyName } = properties;
  const operation = properties.operationCategory ?? properties.operation;
  const what = friendlyName ?? properties.backupInstanceFriendlyName ?? properties.entityFriendlyName;
  const words = [operation, what === name ? undefined : what].filter(Boolean).join(" ");
  const isDeleted = properties.isScheduledForDeferredDelete === true;
  const state = currentProtectionState ?? protectionState ?? status ?? provisioningState ?? "";
  return {
    name: words === "" ? name : `${words} (${name})`,
    state: isDeleted ? "SoftDeleted" : String(state),
    lines,
  };
}

/** Of the lists that a vault of either kind has. Another one shows names and states. */
function linesOf(list: string, item: ArmResource, record: object): string[] {
  const { properties = {} } = item;
  switch (list) {
    case "policies":
      return [policyType(item), ...policyLines(item), `used by ${usersOf(item, record)}`].filter(Boolean);
    case "instances":
    case "deletedInstances":
    case "protectedItems":
    case "containers":
      return protectionLines(properties);
    case "guardProxies":
      return guardLines(properties);
    default:
      return [];
  }
}

function protectionLines(properties: ArmResource): string[] {
  const { policyInfo, policyId, dataSourceInfo, sourceResourceId, identityDetails, deletionInfo } = properties;
  const policy = policyInfo?.policyId ?? policyId;
  const { userAssignedIdentityArmUrl: identity } = identityDetails ?? {};
  const { lastBackupTime, lastBackupStatus, deferredDeleteTimeInUTC, softDeleteRetentionPeriod } = properties;
  return lines({
    "data source": dataSourceInfo?.resourceID ?? sourceResourceId,
    policy: policy && nameIn(policy),
    identity: identity && nameIn(identity),
    "last backup": lastBackupTime && `${lastBackupTime} ${lastBackupStatus}`,
    error: properties.protectionErrorDetails?.message,
    deleted: deletionInfo?.deletionTime ?? deferredDeleteTimeInUTC,
    "kept until": deletionInfo?.scheduledPurgeTime ?? daysAfter(deferredDeleteTimeInUTC, softDeleteRetentionPeriod),
  });
}

function guardLines({ resourceGuardResourceId: id, resourceGuardOperationDetails: details }: ArmResource): string[] {
  const operations = Array.isArray(details) ? details.map((each) => nameIn(each?.vaultCriticalOperation)) : [];
  return lines({ "resource guard": id, protects: operations.join(", ") });
}

function usersOf({ id }: ArmResource, record: object): string {
  const { instances, protectedItems } = record as Record<string, unknown>;
  const users = [...recordsOf(instances), ...recordsOf(protectedItems)].filter(({ properties = {} }) =>
    [properties.policyInfo?.policyId, properties.policyId].some((each) => isSame(each, id)),
  );
  return users.length === 0 ? "nothing" : String(users.length);
}

const lines = (named: Record<string, unknown>): string[] =>
  Object.entries(named).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));

const isSame = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

/** What follows the vault's type in an operation's name, or the last part of an id. */
function nameIn(text: unknown): string {
  const operation = /^Microsoft\.\w+\/\w+\/(.+)$/i.exec(String(text))?.[1];
  return operation ?? String(text).slice(String(text).lastIndexOf("/") + 1);
}

function daysAfter(time: unknown, days: unknown): string | undefined {
  const from = Date.parse(String(time));
  if (Number.isNaN(from) || typeof days !== "number") return undefined;
  return new Date(from + days * 24 * 3600 * 1000).toISOString();
}

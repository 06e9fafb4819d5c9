import { counted } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { at, containsUnknown, listOf, type Value } from "../values.js";
import { isAzapiUpdate } from "../vaults/azapiUpdate.js";
import type { DependencyChange } from "./change.js";
import { type Reading, readingOf } from "./reading.js";

export interface Weakened {
  text: string;
  isOfShares: boolean;
  /** Without it, object replication stops, by which backups of blobs go into the vault. */
  stopsReplication?: boolean;
}

interface Setting {
  name: string;
  isOfShares?: true;
  isForReplication?: true;
  /** In Resource Manager's service of blobs or files. */
  arm: string;
  /** In the account, as azurerm and the classic provider have it. */
  block: string;
  /** For how many days, where the account has that beside it. */
  days?: string;
}

/**
 * https://learn.microsoft.com/azure/storage/blobs/point-in-time-restore-overview#prerequisites-for-point-in-time-restore
 * https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#prerequisites-and-caveats-for-object-replication
 */
const settings: readonly Setting[] = [
  {
    name: "blob versioning",
    isForReplication: true,
    arm: "isVersioningEnabled",
    block: "blobProperties.versioningEnabled",
  },
  {
    name: "the change feed",
    isForReplication: true,
    arm: "changeFeed",
    block: "blobProperties.changeFeedEnabled",
    days: "changeFeedRetentionInDays",
  },
  { name: "point-in-time restore", arm: "restorePolicy", block: "blobProperties.restorePolicy" },
  { name: "soft delete of blobs", arm: "deleteRetentionPolicy", block: "blobProperties.deleteRetentionPolicy" },
  {
    name: "soft delete of containers",
    arm: "containerDeleteRetentionPolicy",
    block: "blobProperties.containerDeleteRetentionPolicy",
  },
  {
    name: "soft delete of file shares",
    isOfShares: true,
    arm: "shareDeleteRetentionPolicy",
    block: "shareProperties.retentionPolicy",
  },
];

/** What was on, and no longer is, or for fewer days. */
export function weakenedSettings(change: DependencyChange): Weakened[] {
  const { planned, subject, isRemoved, operation } = change;
  const isService = subject.kind === "storageService";
  const [old, wanted] = [planned.old, planned.new].map((state) => readingOf(state, false));
  return settings.flatMap(({ name, isOfShares = false, isForReplication = false, arm, block, days }) => {
    const valueIn = (reading: Reading | undefined): Value =>
      isService
        ? reading?.value(arm, `properties.${arm}`)
        : inBlock(reading?.value(block.split(".")[0] ?? ""), block, days);
    const given = isRemoved ? undefined : valueIn(wanted);
    // Azure keeps what is left out at the creation, or of an update of azapi, and azurerm a whole block.
    const isLeftOut = isEmpty(given);
    const inAccount = !isService && !isRemoved;
    const isAdded = operation === "create" || isAzapiUpdate(planned.type);
    if (isLeftOut && (isAdded || (inAccount && lacksBlock(wanted, block)))) return [];
    // Azure Backup itself switches these on. That counts once the program sets one, or the block that it is in: what a state has
    // besides its inputs, a program that leaves it out keeps.
    const own = valueIn(old);
    const current = valueIn(change.old);
    const isSet = !isLeftOut || (inAccount && lacksBlock(old, block));
    const was = isSet && !containsUnknown(own) && !containsUnknown(current) ? current : own;
    // Only what-if has read it from Azure just now.
    const isUnseen = !isLeftOut && (was ?? undefined) === undefined && subject.provider !== "arm";
    const isNew = operation === "create" || isUnseen;
    const had = isNew ? Number.POSITIVE_INFINITY : daysOn(was);
    if (had === 0 || (had === unknown && !planned.hidesDifference)) return [];
    const has = daysOn(given);
    const how = had === unknown ? whatIsHidden : lessThan(had, has, isNew);
    const stopsReplication = isForReplication && (has === 0 || has === unknown);
    return how === undefined ? [] : [{ isOfShares, stopsReplication, text: `${name} (${how})` }];
  });
}

export const whatIsHidden = "what it was and becomes, the preview hides";

/** How much less one is than the other. Of what is created, nothing was longer. */
function lessThan(had: number, has: Maybe<number>, isNew: boolean): string | undefined {
  if (has === unknown) return "only known during `pulumi up`";
  if (has === 0) return "off";
  if (isNew || has >= had) return undefined;
  return `${counted(has, "day")} instead of ${had === Number.POSITIVE_INFINITY ? "no end" : had}`;
}

/** Terraform has each block as a list. */
function inBlock(outer: Value, path: string, days?: string): Value {
  if (outer === unknown) return unknown;
  const block = listOf(outer)[0];
  const value = at(block, path.split(".")[1] ?? "");
  // azurerm has 0 for no end.
  return value === true && days !== undefined ? { enabled: true, days: at(block, days) || undefined } : value;
}

const lacksBlock = (reading: Reading | undefined, path: string): boolean =>
  isEmpty(reading?.value(path.split(".")[0] ?? ""));

/** Terraform has a block that is left out as an empty list. */
const isEmpty = (value: Value): boolean => listOf(value).length === 0;

/** For how long it is on: 0 if it is off. */
function daysOn(value: Value): Maybe<number> {
  if (value === unknown) return unknown;
  const policy = Array.isArray(value) ? value[0] : value;
  if (policy === undefined || policy === null || policy === false) return 0;
  if (policy === unknown) return unknown;
  if (typeof policy !== "object") return Number.POSITIVE_INFINITY;
  const [enabled, days] = [at(policy, "enabled"), at(policy, "days") ?? at(policy, "retentionInDays")];
  if (enabled === false) return 0;
  if (enabled === unknown || days === unknown) return unknown;
  return typeof days === "number" ? days : Number.POSITIVE_INFINITY;
}
